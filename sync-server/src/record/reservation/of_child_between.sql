select id, activity, site, date, formula from reservation
where child = ?1 and date between ?2 and ?3 and cancelled_at is null
order by date, activity, id
