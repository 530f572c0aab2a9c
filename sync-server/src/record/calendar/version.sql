select version from calendar where id = ?1
