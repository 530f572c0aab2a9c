select actor, received_at, body from journal where operation = ?1
