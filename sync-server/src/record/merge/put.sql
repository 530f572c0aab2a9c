insert into merge (seq, source, end_branch, end_seq, entries, began_at, actor) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
