select id, child, date from reservation
where version = ?1 and cancelled_at is null and by_closure is null
order by child, date, id
