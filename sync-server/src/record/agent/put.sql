insert into agent (id, email, name, role, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set email = excluded.email, name = excluded.name, role = excluded.role, version = excluded.version
