select guardian, state, version from request where id = ?1
