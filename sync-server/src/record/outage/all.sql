select id, from_at, until_at, site, cause, note, version from outage order by from_at desc, id
