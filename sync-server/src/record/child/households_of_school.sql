select h.child, h.household from child_household h
where h.child in (select c.id from child c where c.school = ?1 or c.class = ?2)
order by h.child, h.household
