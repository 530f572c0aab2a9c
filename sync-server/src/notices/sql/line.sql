select child, date from reservation where id = ?1
