insert into guardian (id, household, first_name, last_name, email, phone) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set household = excluded.household, first_name = excluded.first_name,
    last_name = excluded.last_name, email = excluded.email, phone = excluded.phone
