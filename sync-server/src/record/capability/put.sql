insert into capability (name, state, message, since, version) values (?1, ?2, ?3, ?4, ?5)
on conflict (name) do update set state = excluded.state, message = excluded.message, since = excluded.since, version = excluded.version
