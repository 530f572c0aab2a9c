update reservation set cancelled_at = ?3, version = ?4
where child = ?2 and cancelled_at is null and exists (
    select 1 from reservation o
    where o.child = ?1 and o.cancelled_at is null and o.date = reservation.date and o.site = reservation.site
        and o.activity = reservation.activity)
