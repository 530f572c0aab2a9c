delete from factor_step where step < ?1
