select residence, unpaid_cents, version from household_facts where household = ?1
