select id, value, state, accepted_seq > 0 from mark where site = ?1 and date = ?2
