insert into sheet (site, date, server_heads) values (?1, ?2, ?3)
on conflict (site, date) do update set server_heads = excluded.server_heads
