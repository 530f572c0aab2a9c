update mark set accepted_seq = ?1 where state = 1
