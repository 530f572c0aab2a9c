select c.id, c.first_name, c.last_name, c.born, s.name, c.must_know, c.phone,
    (select min(b.kind) from child_badge b where b.child = c.id and b.kind in (0, 1))
from child c left join school s on s.id = c.school
where c.left_on is null or c.left_on > ?1
order by c.sort_key, c.id
