insert into sheet (site, date, covered_digest) values (?1, ?2, ?3)
on conflict (site, date) do update set covered_digest = excluded.covered_digest
