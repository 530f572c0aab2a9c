select site, date, value from mark where id = ?1 and nth = 0
