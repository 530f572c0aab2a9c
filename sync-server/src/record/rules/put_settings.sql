insert into booking_settings (id, encoded, version) values (1, ?1, ?2)
on conflict (id) do update set encoded = excluded.encoded, version = excluded.version
