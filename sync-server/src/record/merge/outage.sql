select from_at, until_at, site, cause, note from outage where id = ?1
