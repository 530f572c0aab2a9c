select version from exceptional_day where id = ?1
