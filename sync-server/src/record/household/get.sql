select id, name, version from household where id = ?1
