select cast(count(*) as bigint) from pg_tables where schemaname = $1 and tablename = 'refinery_schema_history'
