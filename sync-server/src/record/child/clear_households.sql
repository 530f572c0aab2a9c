delete from child_household where child = ?1
