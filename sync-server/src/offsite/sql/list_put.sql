insert into offsite_list (site, date, seq, object, digest, put_at) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (site, date) do update set seq = excluded.seq, object = excluded.object, digest = excluded.digest, put_at = excluded.put_at
