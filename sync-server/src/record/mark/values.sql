select value from mark where site = ?1 and date = ?2 and id = ?3 order by nth
