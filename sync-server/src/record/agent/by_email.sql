select id, phc, role, name from agent where email = ?1
