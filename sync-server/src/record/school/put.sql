insert into school (id, name, kind, half_days, starts, ends, retired, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
on conflict (id) do update set name = excluded.name, kind = excluded.kind, half_days = excluded.half_days,
    starts = excluded.starts, ends = excluded.ends, retired = excluded.retired, version = excluded.version
