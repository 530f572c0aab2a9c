select max(seq) from mark where handed_in_by = ?1
