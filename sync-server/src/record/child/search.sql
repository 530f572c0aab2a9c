select c.id, c.first_name, c.last_name, c.born, s.name, k.name, c.search_key
from child c
left join school s on s.id = c.school
left join class k on k.id = c.class
where c.left_on is null or c.left_on > ?1
order by c.sort_key, c.id
