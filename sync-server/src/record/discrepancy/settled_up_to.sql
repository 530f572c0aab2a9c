update discrepancy_day set settled_seq = ?2 where date = ?1
