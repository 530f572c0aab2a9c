insert into envelope (kind, site, date, branch, seq, bytes) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (kind, site, date, branch) do update set seq = excluded.seq, bytes = excluded.bytes
where excluded.seq >= envelope.seq
