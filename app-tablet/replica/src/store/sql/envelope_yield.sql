update envelope set seq = -1 where branch = ?1
