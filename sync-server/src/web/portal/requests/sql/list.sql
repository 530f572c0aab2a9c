select id, guardian, kind, about_child, title, state, at, changed_at from request where guardian = ?1
order by changed_at desc, id limit ?2 offset ?3
