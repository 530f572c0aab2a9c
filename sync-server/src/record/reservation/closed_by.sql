update reservation set by_closure = ?2, version = ?3 where id = ?1
