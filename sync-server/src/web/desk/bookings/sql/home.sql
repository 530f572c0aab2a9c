select h.household, f.residence, f.unpaid_cents
from child_household h
left join household_facts f on f.household = h.household
where h.child = ?1
order by h.household
limit 1
