insert into payer (id, household, name, encoded, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (id) do update set household = excluded.household, name = excluded.name, encoded = excluded.encoded,
    version = excluded.version
