select id, site from settlement where id = ?1 and undone_seq is null
