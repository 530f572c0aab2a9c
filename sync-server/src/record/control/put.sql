insert into commune (slug, name, created_at) values (?1, ?2, ?3)
