select w.id, w.child, w.activity, w.site, w.date, w.with_formula, w.for_household, f.residence,
    coalesce(f.unpaid_cents, cast(0 as bigint)), w.in_group
from wish w left join household_facts f on f.household = w.for_household
where w.kind = 'wait' and w.state = 'open' and w.date >= ?1
order by w.date, w.since, w.id
