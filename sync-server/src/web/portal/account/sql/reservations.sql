select activity, site, date, cancelled_at from reservation where child = ?1 order by date, id
