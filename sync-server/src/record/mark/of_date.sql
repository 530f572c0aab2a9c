select site, id, value from mark where date = ?1 order by site, id, nth
