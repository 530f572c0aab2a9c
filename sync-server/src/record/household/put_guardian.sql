insert into guardian (id, household, first_name, last_name, email, phone, authority, search_key)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
on conflict (id) do update set household = excluded.household, first_name = excluded.first_name,
    last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
    authority = excluded.authority, search_key = excluded.search_key
