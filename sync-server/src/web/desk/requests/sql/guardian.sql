select g.first_name, g.last_name, h.name, h.id, g.phone, g.email from guardian g join household h on h.id = g.household
where g.id = ?1
