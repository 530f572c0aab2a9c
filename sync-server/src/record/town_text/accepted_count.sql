select cast(count(*) as bigint) from text_accepted where town_text = ?1 and edition = ?2
