select r.date, a.name, s.name, f.name
from reservation r
join activity a on a.id = r.activity
join site s on s.id = r.site
left join formula f on f.id = r.formula
where r.child = ?1 and r.date >= ?2 and r.date <= ?3 and r.cancelled_at is null
order by r.date, a.opens, a.slug
