update reservation set child = ?1, version = ?3 where child = ?2
