select state, version from registration where id = ?1
