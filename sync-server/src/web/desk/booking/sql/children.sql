select c.id, c.first_name, c.last_name, c.school, c.class, c.left_on, s.name, k.name, c.search_key
from child_household h
join child c on c.id = h.child
left join school s on s.id = c.school
left join class k on k.id = c.class
where h.household = ?1
order by c.born, c.id
