select role from agent where id = ?1
