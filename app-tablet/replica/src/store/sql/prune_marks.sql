delete from mark where site = ?1 and date = ?2
