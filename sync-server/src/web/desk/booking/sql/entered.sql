select actor, received_at, channel, body from journal where operation = ?1
