select site, date, max(seq) from mark where seq > ?1 group by site, date order by site, date
