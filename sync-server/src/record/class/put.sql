insert into class (id, school, name, level, retired, version) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set school = excluded.school, name = excluded.name, level = excluded.level,
    retired = excluded.retired, version = excluded.version
