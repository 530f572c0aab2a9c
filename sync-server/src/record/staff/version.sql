select version from staff where id = ?1
