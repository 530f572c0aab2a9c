select unknown_child from alias where child = ?1 order by unknown_child
