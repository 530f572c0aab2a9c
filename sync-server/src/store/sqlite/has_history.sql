select cast(count(*) as bigint) from sqlite_master where type = 'table' and name = 'refinery_schema_history'
