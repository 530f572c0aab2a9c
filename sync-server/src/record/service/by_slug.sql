select id from service where slug = ?1
