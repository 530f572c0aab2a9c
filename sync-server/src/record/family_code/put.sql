insert into family_code (pair, child, household, batch, expires_at, issued_at) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (pair) do nothing
