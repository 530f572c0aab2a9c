select version from household_facts where household = ?1
