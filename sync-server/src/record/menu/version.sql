select version from menu where id = ?1
