select version from portal where id = ?1
