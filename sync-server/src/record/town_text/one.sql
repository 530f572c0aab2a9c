select encoded, version, written_at from town_text where id = ?1 and removed = 0
