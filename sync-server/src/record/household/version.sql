select version from household where id = ?1
