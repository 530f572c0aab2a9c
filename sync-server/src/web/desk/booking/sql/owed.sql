select r.id, c.first_name, a.name, r.date, r.surcharge_cents, r.due_cents, r.waived, r.site, r.cancelled_at,
    r.total_cents
from reservation r
join child c on c.id = r.child
join activity a on a.id = r.activity
where r.for_household = ?1 and r.by_closure is null and (r.waived = 1
    or (r.cancelled_at is null and r.surcharge_cents > 0)
    or (r.cancelled_at is null and r.pay_until is not null and r.paid_at is null)
    or (r.cancelled_at is not null and r.due_cents > 0))
order by r.date desc, r.id
limit 200
