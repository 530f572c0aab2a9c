insert into lost (branch, lost_seq, lost_hash, operation, made_at, received_at, actor, channel, kind, fate, entry_seq, body, why, noted_seq)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
on conflict (branch, lost_seq, lost_hash) do update set fate = excluded.fate, entry_seq = excluded.entry_seq, body = excluded.body, why = excluded.why, noted_seq = excluded.noted_seq
