insert into sheet (site, date, saved, heads, digest, marks, changed_seq, whole_since) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
on conflict (site, date) do update set saved = excluded.saved, heads = excluded.heads, digest = excluded.digest,
    marks = excluded.marks, changed_seq = excluded.changed_seq, whole_since = excluded.whole_since
