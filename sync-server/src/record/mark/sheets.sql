select site, date, count(*) from mark group by site, date order by site, date
