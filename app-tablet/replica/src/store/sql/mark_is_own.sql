select own from mark where id = ?1 and nth = 0
