update second_factor_code set used_at = ?3 where guardian = ?1 and code = ?2
