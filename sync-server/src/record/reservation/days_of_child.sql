select distinct site, date from reservation where child = ?1 and cancelled_at is null
