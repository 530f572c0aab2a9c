select version from agent where id = ?1
