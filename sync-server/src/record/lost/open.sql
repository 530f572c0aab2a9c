select branch, lost_seq, lost_hash, operation, made_at, received_at, actor, channel, kind, body, why
from lost where fate = 'to_settle' and settled is null order by received_at, lost_seq, branch nulls first
