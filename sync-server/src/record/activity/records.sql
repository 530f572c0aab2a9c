select id, slug, name, service, mode, weekdays, opens, closes, retired, capacity, version from activity order by opens, slug
