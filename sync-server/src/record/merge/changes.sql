select seq, branch, operation, at, received_at, actor, channel, kind, seen, salt, body, outcome, commitment, origin, previous_hash, hash, first_received_at
from journal
where seq > ?1 and kind not in ('receive_marks', 'quarantine', 'receive_envelopes', 'agent_logged_in', 'note_lost')
order by seq limit ?2
