delete from portal_session where seen_at < ?1 or started_at < ?2
