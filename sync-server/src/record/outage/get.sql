select id, from_at, until_at, site, cause, note, version from outage where id = ?1
