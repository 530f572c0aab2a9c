select c.id, c.first_name, c.last_name, c.school, c.class, c.left_on, c.symbol_colour, c.symbol_shape, g.household,
    g.authority, k.encoded, s.name, s.starts, s.ends, l.name
from guardian g
join child_household h on h.household = g.household
join child c on c.id = h.child
left join custody k on k.child = c.id
left join school s on s.id = c.school
left join class l on l.id = c.class
where g.id = ?1
order by c.born, c.sort_key, c.id
