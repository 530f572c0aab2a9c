select distinct site, date from reservation where child = ?1
