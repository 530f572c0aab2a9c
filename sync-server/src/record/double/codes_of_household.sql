update family_code set household = ?1 where household = ?2
