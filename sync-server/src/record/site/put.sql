insert into site (id, slug, name, school, phone, retired, nursery, version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
on conflict (id) do update set slug = excluded.slug, name = excluded.name, school = excluded.school,
    phone = excluded.phone, retired = excluded.retired, nursery = excluded.nursery, version = excluded.version
