select guardian, purpose, address, branch, expires_at, used_at, voided_at from guardian_link where token = ?1
