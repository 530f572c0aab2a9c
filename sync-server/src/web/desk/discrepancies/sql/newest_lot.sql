select seq from settlement where actor = ?1 and undone_seq is null order by seq desc limit 1
