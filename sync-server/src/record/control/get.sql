select slug from commune where slug = ?1
