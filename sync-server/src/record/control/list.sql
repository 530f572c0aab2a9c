select slug, name from commune order by slug
