select s.id, s.name, s.role, s.pin, s.until_date from staff s join staff_site t on t.staff = s.id
where t.site = ?1 and (s.until_date is null or s.until_date >= ?2) order by s.name, s.id
