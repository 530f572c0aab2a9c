select branch, expires_at, used_by from tablet_code where code = ?1
