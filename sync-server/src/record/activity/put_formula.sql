insert into formula (id, activity, slug, name, place, meal) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set slug = excluded.slug, name = excluded.name, place = excluded.place, meal = excluded.meal
