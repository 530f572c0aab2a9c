insert into sheet (site, date, digest, marks, changed_seq, whole_since) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (site, date) do update set digest = excluded.digest, marks = excluded.marks,
    changed_seq = excluded.changed_seq, whole_since = excluded.whole_since
