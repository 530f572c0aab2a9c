select kind, edition, removed, version, from_at from town_text where id = ?1
