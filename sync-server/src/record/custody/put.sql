insert into custody (child, encoded, version) values (?1, ?2, ?3)
on conflict (child) do update set encoded = excluded.encoded, version = excluded.version
