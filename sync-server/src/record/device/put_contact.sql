insert into device_contact (device, last_at, version, owed) values (?1, ?2, ?3, ?4)
on conflict (device) do update set last_at = excluded.last_at, version = excluded.version, owed = excluded.owed
