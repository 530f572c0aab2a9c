select target, branch, seq, hash, verified_at, snapshot_seq, snapshot_at, oldest_at, withdrawals, tried_at, failing_since, error, strange
from offsite where id = 1
