select used_at from second_factor_code where guardian = ?1 and code = ?2
