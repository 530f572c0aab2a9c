select kind, state, child, activity, site, date, with_formula, in_group, for_household, of_guardian, about_reservation,
    since, offered_until, base_cents, surcharge_cents, total_cents
from wish where id = ?1
