select oldest from schema_floor where id = 1
