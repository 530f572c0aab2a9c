select id, slug, name, school, phone, retired, nursery, version from site order by name, id
