select distinct site, date from mark order by site, date
