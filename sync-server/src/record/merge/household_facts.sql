select residence, unpaid_cents from household_facts where household = ?1
