select slug, name from commune where moved_at is null order by slug
