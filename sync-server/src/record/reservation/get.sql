select site, date, cancelled_at, by_closure from reservation where id = ?1
