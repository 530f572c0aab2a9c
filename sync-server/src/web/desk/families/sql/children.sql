select id, search_key, left_on, school, class from child order by sort_key, id
