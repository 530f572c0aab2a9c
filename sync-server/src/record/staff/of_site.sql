select s.id, s.name, s.role from staff s join staff_site t on t.staff = s.id where t.site = ?1 order by s.name, s.id
