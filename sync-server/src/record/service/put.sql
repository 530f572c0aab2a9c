insert into service (id, slug, name, version) values (?1, ?2, ?3, ?4)
on conflict (id) do update set slug = excluded.slug, name = excluded.name, version = excluded.version
