SELECT CAST(pg_current_wal_flush_lsn() AS text)
