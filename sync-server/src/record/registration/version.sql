select version from registration where id = ?1
