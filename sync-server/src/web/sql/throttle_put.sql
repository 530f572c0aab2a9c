insert into throttle (subject, failures, locked_until, last_at) values (?1, ?2, ?3, ?4)
on conflict (subject) do update set failures = excluded.failures, locked_until = excluded.locked_until, last_at = excluded.last_at
