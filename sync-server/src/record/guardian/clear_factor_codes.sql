delete from second_factor_code where guardian = ?1
