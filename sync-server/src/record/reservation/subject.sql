select child, activity, site, date, cancelled_at from reservation where id = ?1
