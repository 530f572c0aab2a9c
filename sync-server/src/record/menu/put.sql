insert into menu (id, date, encoded, version) values (?1, ?2, ?3, ?4)
on conflict (id) do update set date = excluded.date, encoded = excluded.encoded, version = excluded.version
