select r.id, r.child, r.activity, r.site, r.date, a.service, a.opens, c.school, c.class, c.left_on,
    r.cancelled_at, r.paid_at, r.pay_until, r.formula, r.in_group, r.for_household, r.base_cents, r.surcharge_cents,
    r.total_cents
from reservation r
join child c on c.id = r.child
join activity a on a.id = r.activity
where r.by_closure = ?1 and r.date >= ?2
order by r.date, r.made_at nulls first, r.id
