select id, value, nth from mark where site = ?1 and date = ?2 order by id, nth
