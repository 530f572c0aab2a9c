select id, value, state, accepted_seq from mark where site = ?1 and date = ?2
