select version from town_text where id = ?1
