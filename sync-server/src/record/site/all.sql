select id, slug, name from site order by slug
