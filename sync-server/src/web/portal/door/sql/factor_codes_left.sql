select code from second_factor_code where guardian = ?1 and used_at is null
