insert into exceptional_day (id, from_date, until_date, encoded, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set from_date = excluded.from_date, until_date = excluded.until_date,
    encoded = excluded.encoded, version = excluded.version
