insert into silence (from_at, until_at) values (?1, ?2) on conflict (from_at) do nothing
