select distinct child from reservation
where activity = ?1 and date between ?2 and ?3 and cancelled_at is null
