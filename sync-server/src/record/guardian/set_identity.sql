update guardian set identity = ?2 where id = ?1
