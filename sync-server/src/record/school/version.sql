select version from school where id = ?1
