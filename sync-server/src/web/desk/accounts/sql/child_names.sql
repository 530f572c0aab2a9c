select id, first_name, last_name from child order by id
