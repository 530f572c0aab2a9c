select id, parent, fork_seq, born_at, is_current from branch order by born_at, id
