select r.id, r.child, r.date, r.site, a.service, c.school, c.class, s.starts, s.ends, a.name, a.opens, a.closes,
    case when r.formula is null
        then (select cast(count(*) as bigint) from formula f where f.activity = a.id and f.meal <> 'none')
        else (select cast(count(*) as bigint) from formula f where f.id = r.formula and f.meal <> 'none')
    end,
    r.cancelled_at, r.paid_at
from reservation r
join child c on c.id = r.child
join activity a on a.id = r.activity
left join school s on s.id = c.school
where r.date >= ?1 and r.date <= ?2 and (r.cancelled_at is null or r.by_closure = ?3)
    and (c.left_on is null or c.left_on > r.date)
order by a.opens, a.name, r.id
