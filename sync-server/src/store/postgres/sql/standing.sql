select cast(max(version) as bigint), (select oldest from schema_floor where id = 1) from refinery_schema_history
