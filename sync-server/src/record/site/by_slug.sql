select id from site where slug = ?1
