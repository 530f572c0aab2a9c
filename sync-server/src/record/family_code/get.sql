select child, household, expires_at, used_at, voided_at from family_code where pair = ?1
