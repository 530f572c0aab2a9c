select w.id, w.kind, w.state, w.child, c.last_name, c.first_name, w.activity, w.site, w.date, w.for_household, w.since,
    w.offered_until, w.total_cents
from wish w
join child c on c.id = w.child
where w.state in ('open', 'offered') and w.date >= ?1
order by w.since, w.id
