select id, kind, state, child, activity, site, date, with_formula, since, offered_until, base_cents, surcharge_cents,
    total_cents, words
from wish
where for_household = ?1 and (state in ('open', 'offered') or changed_at >= ?2)
order by date, since, id
limit 500
