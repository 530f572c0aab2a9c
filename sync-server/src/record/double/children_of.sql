select child from child_household where household = ?1 order by child
