select guardian, kind, title from request where id = ?1
