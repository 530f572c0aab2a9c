select id, email, name, role, phc from agent where id = ?1
