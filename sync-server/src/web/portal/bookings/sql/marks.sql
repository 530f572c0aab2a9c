select date, id, value from mark where site = ?1 and date >= ?2 and date <= ?3 order by date, id, nth
