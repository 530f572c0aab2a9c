insert into push_key (id, public_key, sealed) values (1, ?1, ?2)
on conflict (id) do update set public_key = excluded.public_key, sealed = excluded.sealed
