select b.child, b.kind, b.words from child_badge b
where b.child in (select c.id from child c where c.school = ?1 or c.class = ?2)
order by b.child, b.place
