insert into sheet (site, date, accepted_at) values (?1, ?2, ?3)
on conflict (site, date) do update set accepted_at = excluded.accepted_at
