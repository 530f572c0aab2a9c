select id, search_key, first_name, last_name, school from child order by sort_key, id
