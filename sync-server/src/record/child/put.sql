insert into child (id, first_name, last_name, born, school, class, must_know, phone, search_key, sort_key,
    symbol_colour, symbol_shape, health, reference, left_on, version)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
on conflict (id) do update set first_name = excluded.first_name, last_name = excluded.last_name,
    born = excluded.born, school = excluded.school, class = excluded.class, must_know = excluded.must_know,
    phone = excluded.phone, search_key = excluded.search_key, sort_key = excluded.sort_key,
    symbol_colour = excluded.symbol_colour, symbol_shape = excluded.symbol_shape, health = excluded.health,
    reference = excluded.reference, left_on = excluded.left_on, version = excluded.version
