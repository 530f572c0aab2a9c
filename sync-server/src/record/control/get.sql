select name, created_at, moved_to, moved_at from commune where slug = ?1
