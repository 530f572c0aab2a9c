select version from custody where child = ?1
