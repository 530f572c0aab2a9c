select version from child where id = ?1
