select child from alias where unknown_child = ?1
