select cast(count(*) as bigint) from reservation where activity = ?1 and site = ?2 and date = ?3 and cancelled_at is null
