select id, parent, fork_seq, fork_hash, born_at from branch order by born_at, id
