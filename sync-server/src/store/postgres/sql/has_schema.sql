select cast(count(*) as bigint) from pg_namespace where nspname = $1
