select slug from commune order by slug
