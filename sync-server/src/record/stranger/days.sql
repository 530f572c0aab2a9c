select distinct site, date from stranger where child = ?1
