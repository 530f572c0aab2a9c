select c.id, c.first_name, c.last_name, c.born, s.name, k.name, c.must_know, c.phone,
    c.symbol_colour, c.symbol_shape, c.health, c.school, c.class, s.starts, s.ends
from child c
left join school s on s.id = c.school
left join class k on k.id = c.class
where (c.school = ?1 or c.class = ?2) and (c.left_on is null or c.left_on > ?3)
order by c.sort_key, c.id
