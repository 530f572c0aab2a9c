select cast(max(version) as bigint) from refinery_schema_history
