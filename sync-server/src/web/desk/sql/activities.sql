select id, slug, name, mode, opens, closes from activity order by opens, slug
