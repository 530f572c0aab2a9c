select id, school, name, level, retired, version from class order by name, id
