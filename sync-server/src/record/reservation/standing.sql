select id from reservation where date = ?1 and site = ?2 and activity = ?3 and child = ?4 and cancelled_at is null
