insert into about_head (id, seq) values (1, ?1)
on conflict (id) do update set seq = excluded.seq
