update guardian set login = ?2 where id = ?1
