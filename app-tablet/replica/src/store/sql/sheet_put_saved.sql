insert into sheet (site, date, saved) values (?1, ?2, ?3)
on conflict (site, date) do update set saved = excluded.saved
