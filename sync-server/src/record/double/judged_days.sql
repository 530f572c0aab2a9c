select distinct site, date from discrepancy where child = ?1
