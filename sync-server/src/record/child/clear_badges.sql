delete from child_badge where child = ?1
