insert into sheet_aside (site, date, at, bytes) values (?1, ?2, ?3, ?4)
