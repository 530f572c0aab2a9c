select h.child, g.search_key, g.phone, g.email from child_household h join guardian g on g.household = h.household
order by h.child, g.id
