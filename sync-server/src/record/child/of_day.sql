select c.id, c.first_name, c.last_name, c.born, s.name, k.name, c.must_know, c.phone,
    c.symbol_colour, c.symbol_shape, c.health, c.school, c.class, s.starts, s.ends
from child c
left join school s on s.id = c.school
left join class k on k.id = c.class
where c.id in (select r.child from reservation r where r.date = ?1 and r.site = ?2 and r.cancelled_at is null)
    and (c.left_on is null or c.left_on > ?1)
order by c.sort_key, c.id
