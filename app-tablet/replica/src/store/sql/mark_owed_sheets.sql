select distinct site, date from mark where state = 0 order by date, site
