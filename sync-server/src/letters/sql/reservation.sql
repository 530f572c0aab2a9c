select child, activity, date, formula from reservation where id = ?1
