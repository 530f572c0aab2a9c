select id, name, kind, half_days, starts, ends, retired, version from school order by name, id
