select h.id, h.name from child_household c join household h on h.id = c.household where c.child = ?1
