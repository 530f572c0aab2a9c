select h.child, g.first_name, g.last_name, g.phone, g.authority
from child_household h join guardian g on g.household = h.household
where g.phone is not null and h.child in (select c.id from child c where c.school = ?1 or c.class = ?2)
order by h.child, h.household, g.search_key, g.id
