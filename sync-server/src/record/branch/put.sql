insert into branch (id, parent, fork_seq, fork_hash, born_at, is_current) values (?1, ?2, ?3, ?4, ?5, 1)
