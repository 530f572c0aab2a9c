update mark set state = 1, accepted_seq = ?2 where id = ?1 and state <> 2
