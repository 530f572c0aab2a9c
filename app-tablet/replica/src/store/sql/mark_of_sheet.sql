select id, value, state from mark where site = ?1 and date = ?2
