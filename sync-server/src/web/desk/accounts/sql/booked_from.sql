select cast(count(*) as bigint) from reservation where child = ?1 and date >= ?2 and cancelled_at is null
