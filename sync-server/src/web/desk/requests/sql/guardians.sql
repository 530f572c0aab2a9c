select g.id, g.first_name, g.last_name, h.name, g.search_key from guardian g join household h on h.id = g.household
order by g.search_key, g.id
