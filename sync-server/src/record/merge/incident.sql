select published_at, title, words, is_over, removed from incident_post where id = ?1
