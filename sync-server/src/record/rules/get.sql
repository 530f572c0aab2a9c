select encoded from rule_set where id = ?1
