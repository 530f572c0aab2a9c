select id, nth from mark where site = ?1 and date = ?2 and id >= ?3 and id <= ?4 order by id, nth
