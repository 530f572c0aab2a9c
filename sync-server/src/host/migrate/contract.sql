update schema_floor set oldest = 999 where id = 1
