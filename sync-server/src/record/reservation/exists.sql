select id from reservation where id = ?1
