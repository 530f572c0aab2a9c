select id from reservation
where id = ?1 or (date = ?2 and site = ?3 and activity = ?4 and child = ?5 and cancelled_at is null)
order by id
