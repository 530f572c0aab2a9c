delete from throttle where last_at < ?1 and locked_until < ?1
