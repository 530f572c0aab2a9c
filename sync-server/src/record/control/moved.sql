update commune set moved_to = ?2, moved_at = ?3 where slug = ?1
