select household from child_household where child = ?1 order by household
