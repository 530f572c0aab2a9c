select child, date, to_site from transfer where mark = ?1
