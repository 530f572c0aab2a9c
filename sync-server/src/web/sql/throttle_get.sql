select failures, locked_until, last_at from throttle where subject = ?1
