update lease set until = 0, done_at = coalesce(CAST(?3 AS bigint), done_at) where job = ?1 and token = ?2
