select version from site where id = ?1
