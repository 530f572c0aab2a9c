select id, site from settlement where seq = ?1 and undone_seq is null order by id
