delete from discrepancy_session where date = ?1
