select child from child_household where household = ?1
