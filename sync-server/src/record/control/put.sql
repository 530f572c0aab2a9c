insert into commune (slug, name, created_at) values (?1, ?2, ?3)
on conflict (slug) do update set name = excluded.name, moved_to = null, moved_at = null
