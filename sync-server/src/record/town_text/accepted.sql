select at from text_accepted where guardian = ?1 and town_text = ?2 and edition = ?3
