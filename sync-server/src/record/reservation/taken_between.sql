select site, date, cast(count(*) as bigint) from reservation
where activity = ?1 and date between ?2 and ?3 and cancelled_at is null
group by site, date
