select child, activity, site, date, formula from reservation where id = ?1
