SELECT CAST(pg_last_wal_replay_lsn() AS pg_lsn) >= CAST(CAST($1 AS text) AS pg_lsn)
