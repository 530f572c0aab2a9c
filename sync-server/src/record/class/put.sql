insert into class (id, school, name, level, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set school = excluded.school, name = excluded.name, level = excluded.level,
    version = excluded.version
