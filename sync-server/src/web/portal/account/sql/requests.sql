select id, kind, title, state, at from request where guardian = ?1 order by at, id
