select id from reservation where by_closure = ?1 and site = ?2 and date = ?3
