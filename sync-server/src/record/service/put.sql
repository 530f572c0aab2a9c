insert into service (id, slug, name, retired, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set slug = excluded.slug, name = excluded.name, retired = excluded.retired,
    version = excluded.version
