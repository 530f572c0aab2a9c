select distinct child from reservation where site = ?1 and cancelled_at is null
