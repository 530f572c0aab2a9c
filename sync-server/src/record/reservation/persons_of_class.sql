select c.id, c.first_name, c.last_name, c.school, c.class, c.left_on, s.name, k.name, c.search_key
from child c
left join school s on s.id = c.school
left join class k on k.id = c.class
where c.class = ?1
order by c.sort_key, c.id
