select date, seq, settled_seq, at from discrepancy_day where date between ?1 and ?2
