select version from service where id = ?1
