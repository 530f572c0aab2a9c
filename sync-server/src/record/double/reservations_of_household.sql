update reservation set for_household = ?1 where for_household = ?2
