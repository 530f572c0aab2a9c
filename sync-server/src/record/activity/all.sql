select id, slug, name from activity order by opens, slug
