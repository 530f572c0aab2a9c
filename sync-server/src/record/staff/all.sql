select id, name, role, until_date, version from staff order by name, id
