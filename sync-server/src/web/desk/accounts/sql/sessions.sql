select cast(count(*) as bigint), coalesce(max(seen_at), 0) from portal_session where guardian = ?1 and agent = ?2
