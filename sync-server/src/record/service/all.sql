select id, slug, name, retired, version from service order by name, id
