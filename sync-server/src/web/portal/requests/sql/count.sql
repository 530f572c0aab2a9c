select cast(count(*) as bigint) from request where guardian = ?1
