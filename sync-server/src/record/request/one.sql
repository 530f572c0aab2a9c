select id, guardian, kind, about_child, title, state, at, changed_at, version from request where id = ?1
