insert into site (id, slug, name, school, phone, version) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set slug = excluded.slug, name = excluded.name, school = excluded.school,
    phone = excluded.phone, version = excluded.version
