select r.child, r.date, r.site, a.service, case when r.by_closure = ?1 then cast(1 as bigint) else cast(0 as bigint) end
from reservation r
join activity a on a.id = r.activity
join child c on c.id = r.child
where r.date >= ?2 and r.date <= ?3 and (r.cancelled_at is null or r.by_closure = ?1)
    and (c.left_on is null or c.left_on > r.date)
