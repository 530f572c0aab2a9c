update family_code set child = ?1 where child = ?2
