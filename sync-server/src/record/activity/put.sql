insert into activity (id, slug, name, service, mode, weekdays, opens, closes, retired, capacity, version)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
on conflict (id) do update set slug = excluded.slug, name = excluded.name, service = excluded.service,
    mode = excluded.mode, weekdays = excluded.weekdays, opens = excluded.opens, closes = excluded.closes,
    retired = excluded.retired, capacity = excluded.capacity, version = excluded.version
