delete from household_facts where household = ?1
