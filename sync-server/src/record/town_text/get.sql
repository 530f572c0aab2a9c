select kind, edition, removed, version from town_text where id = ?1
