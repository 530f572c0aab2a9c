select child from child_household where child = ?1 and household = ?2
