select version from rule_set where id = ?1
