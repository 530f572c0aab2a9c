select household, residence, unpaid_cents from household_facts
