select cast(pg_try_advisory_lock_shared(hashtextextended($1, 0)) as text)
