insert into child (id, first_name, last_name, born, school, class, must_know, phone, search_key, sort_key, version)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
on conflict (id) do update set first_name = excluded.first_name, last_name = excluded.last_name,
    born = excluded.born, school = excluded.school, class = excluded.class, must_know = excluded.must_know,
    phone = excluded.phone, search_key = excluded.search_key, sort_key = excluded.sort_key,
    version = excluded.version
