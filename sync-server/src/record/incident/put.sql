insert into incident_post (id, published_at, title, words, is_over, removed, version) values (?1, ?2, ?3, ?4, ?5, 0, ?6)
on conflict (id) do update set published_at = excluded.published_at, title = excluded.title, words = excluded.words, is_over = excluded.is_over, removed = 0, version = excluded.version
