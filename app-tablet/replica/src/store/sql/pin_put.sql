insert into pin_attempt (staff, pin, failures) values (?1, ?2, ?3)
on conflict (staff) do update set pin = excluded.pin, failures = excluded.failures
