select seq from mark where date = ?1 order by seq desc limit 1
