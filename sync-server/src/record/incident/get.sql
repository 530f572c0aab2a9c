select published_at, title, words, is_over, removed, version from incident_post where id = ?1
