select id, email, name, role, version from agent order by name, id
