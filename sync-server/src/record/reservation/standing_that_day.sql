select id from reservation where child = ?1 and activity = ?2 and date = ?3 and cancelled_at is null
