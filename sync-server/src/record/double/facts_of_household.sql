insert into household_facts (household, residence, unpaid_cents, version)
select h.id, f.residence, f.unpaid_cents, cast(?3 as bigint)
from household_facts f join household h on h.id = ?1 where f.household = ?2
on conflict (household) do update set residence = coalesce(household_facts.residence, excluded.residence),
    unpaid_cents = household_facts.unpaid_cents + excluded.unpaid_cents, version = excluded.version
