select seq, branch, operation, at, received_at, actor, channel, kind, seen, salt, body, outcome, commitment, origin, previous_hash, hash, first_received_at
from journal where seq > ?1 order by seq limit ?2
