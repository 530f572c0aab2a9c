insert into push_subscription (endpoint, guardian, encoded, since) values (?1, ?2, ?3, ?4)
on conflict (endpoint) do update set guardian = excluded.guardian, encoded = excluded.encoded, since = excluded.since
