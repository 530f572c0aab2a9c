insert into offsite (id, target, branch, seq, hash, verified_at, snapshot_seq, snapshot_at, oldest_at, withdrawals, tried_at, failing_since, error, strange)
values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
on conflict (id) do update set target = excluded.target, branch = excluded.branch, seq = excluded.seq, hash = excluded.hash,
verified_at = excluded.verified_at, snapshot_seq = excluded.snapshot_seq, snapshot_at = excluded.snapshot_at, oldest_at = excluded.oldest_at,
withdrawals = excluded.withdrawals, tried_at = excluded.tried_at, failing_since = excluded.failing_since, error = excluded.error,
strange = excluded.strange
