select id, guardian, kind, child, title, state, at, changed_at, version from request where id = ?1
