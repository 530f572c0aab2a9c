select s.id from guardian g
join child_household h on h.household = g.household
join child c on c.id = h.child
join site s on s.school = c.school
where g.id = ?1
union
select r.site from guardian g
join child_household h on h.household = g.household
join reservation r on r.child = h.child and r.date >= ?2 and r.date <= ?3
where g.id = ?1
order by 1
