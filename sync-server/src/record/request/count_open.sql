select cast(count(*) as bigint) from request where guardian = ?1 and state = 'open'
