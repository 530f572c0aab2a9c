insert into alive (id, at) values (1, ?1) on conflict (id) do update set at = excluded.at
