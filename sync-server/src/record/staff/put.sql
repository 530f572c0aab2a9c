insert into staff (id, name, role, version) values (?1, ?2, ?3, ?4)
on conflict (id) do update set name = excluded.name, role = excluded.role, version = excluded.version
