insert into staff (id, name, role, until_date, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set name = excluded.name, role = excluded.role, until_date = excluded.until_date,
    version = excluded.version
