select version from class where id = ?1
