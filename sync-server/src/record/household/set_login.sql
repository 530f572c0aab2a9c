update guardian set login = ?2, phc = ?3 where id = ?1
