select child, activity, site, date from reservation where id = ?1
