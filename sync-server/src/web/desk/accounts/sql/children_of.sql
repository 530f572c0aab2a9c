select c.last_name, c.first_name from child_household h join child c on c.id = h.child where h.household = ?1 order by c.sort_key, c.id
