select id from formula where activity = ?1 and slug = ?2
