update agent set phc = ?2, version = ?3 where id = ?1
