insert into outage (id, from_at, until_at, site, cause, note, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict (id) do update set from_at = excluded.from_at, until_at = excluded.until_at, site = excluded.site, cause = excluded.cause, note = excluded.note, version = excluded.version
