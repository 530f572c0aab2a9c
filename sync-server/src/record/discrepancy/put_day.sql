insert into discrepancy_day (date, seq, settled_seq, at) values (?1, ?2, ?3, ?4)
on conflict (date) do update set seq = excluded.seq, settled_seq = excluded.settled_seq, at = excluded.at
