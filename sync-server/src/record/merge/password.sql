select phc from agent where id = ?1
