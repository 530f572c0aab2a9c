select name from agent where id = ?1
