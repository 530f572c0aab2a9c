select c.first_name, c.last_name, s.name, c.must_know, c.phone from child c left join school s on s.id = c.school where c.id = ?1
