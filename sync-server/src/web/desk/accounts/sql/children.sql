select h.household, c.id, c.first_name, c.last_name, c.school, c.class, c.left_on
from child_household h join child c on c.id = h.child
order by c.sort_key, c.id
