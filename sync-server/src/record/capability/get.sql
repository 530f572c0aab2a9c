select state, message, since, version from capability where name = ?1
