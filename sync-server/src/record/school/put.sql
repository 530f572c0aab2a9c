insert into school (id, name, kind, half_days, starts, ends, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
on conflict (id) do update set name = excluded.name, kind = excluded.kind, half_days = excluded.half_days,
    starts = excluded.starts, ends = excluded.ends, version = excluded.version
