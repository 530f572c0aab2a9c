update mark set state = 0 where site = ?1 and date = ?2 and own = 1 and state = 1
