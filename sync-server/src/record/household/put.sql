insert into household (id, name, version) values (?1, ?2, ?3)
on conflict (id) do update set name = excluded.name, version = excluded.version
