select cast(count(*) as bigint) from notice where guardian = ?1
