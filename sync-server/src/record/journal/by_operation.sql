select actor, body, outcome from journal where operation = ?1
