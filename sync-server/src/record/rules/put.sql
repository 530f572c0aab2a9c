insert into rule_set (id, name, from_date, live, encoded, version) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set name = excluded.name, from_date = excluded.from_date, live = excluded.live,
    encoded = excluded.encoded, version = excluded.version
