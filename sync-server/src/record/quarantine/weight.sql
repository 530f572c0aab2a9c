select cast(coalesce(sum(length(payload)), 0) as bigint) from quarantine where device = ?1 and settled is null
