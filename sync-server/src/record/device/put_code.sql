insert into tablet_code (code, branch, expires_at) values (?1, ?2, ?3)
