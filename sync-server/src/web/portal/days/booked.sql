select r.date, r.child, r.activity, a.name, a.opens, a.closes, f.name, f.meal, r.site, a.service
from guardian g
join child_household h on h.household = g.household
join reservation r on r.child = h.child and r.date >= ?2 and r.date <= ?3 and r.cancelled_at is null
join activity a on a.id = r.activity
left join formula f on f.id = r.formula
where g.id = ?1
order by r.date, a.opens, a.slug, r.id
