select s.date, a.unknown_child, a.child from alias a join stranger s on s.child = a.unknown_child
join child_household h on h.child = a.child
join guardian g on g.household = h.household
where g.id = ?1 and s.date >= ?2 and s.date <= ?3
