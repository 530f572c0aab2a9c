select cast(pg_advisory_lock(hashtextextended($1, 0)) as text)
