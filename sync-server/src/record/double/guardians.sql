update guardian set household = ?1 where household = ?2
