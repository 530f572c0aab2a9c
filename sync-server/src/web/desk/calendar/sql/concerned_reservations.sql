select r.id, c.school, c.class, s.starts, s.ends, a.name, a.opens, a.closes,
    case when r.formula is null
        then (select count(*) from formula f where f.activity = a.id and f.meal <> 'none')
        else (select count(*) from formula f where f.id = r.formula and f.meal <> 'none')
    end
from reservation r
join child c on c.id = r.child
join activity a on a.id = r.activity
left join school s on s.id = c.school
where (c.school = ?1 or c.class = ?2) and r.date >= ?3 and r.date <= ?4 and r.cancelled_at is null
    and (c.left_on is null or c.left_on > r.date)
order by a.opens, a.name, r.id
