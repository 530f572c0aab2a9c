select version from activity where id = ?1
