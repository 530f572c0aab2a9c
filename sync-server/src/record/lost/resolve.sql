select l.fate, l.entry_seq, j.branch, j.hash, l.why, l.settled_at from lost l left join journal j on j.seq = l.entry_seq
where l.branch = ?1 and l.lost_seq = ?2 and l.lost_hash = ?3
