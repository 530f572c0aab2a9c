select kind, edition, removed, version, shown_from from town_text where id = ?1
