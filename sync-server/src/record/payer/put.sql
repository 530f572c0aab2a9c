insert into payer (id, of_household, name, encoded, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set of_household = excluded.of_household, name = excluded.name, encoded = excluded.encoded,
    version = excluded.version
