insert into touched (kind, site, date, seq) values (?1, ?2, ?3, ?4)
on conflict (kind, site, date) do update set seq = excluded.seq
