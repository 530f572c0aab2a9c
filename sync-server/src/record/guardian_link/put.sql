insert into guardian_link (token, guardian, purpose, address, branch, expires_at, issued_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
