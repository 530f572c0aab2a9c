delete from child_household where household = ?1
