select seq, at from discrepancy_day where date = ?1
