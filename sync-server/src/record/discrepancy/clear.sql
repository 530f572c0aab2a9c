delete from discrepancy where date = ?1
