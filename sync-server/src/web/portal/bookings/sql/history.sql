-- What happened to an activity of a child on a day: booked (1), cancelled (2), asked for (3), answered (4).
select cast(1 as bigint) as what, r.made_at as since, '' as kind, '' as state, nullif(r.date, r.date) as words, r.id as id
from reservation r
where r.child = ?1 and r.activity = ?2 and r.date = ?3 and r.made_at is not null
    and (r.for_household is null or r.for_household = ?4)
union all
select cast(2 as bigint), r.cancelled_at, '', '', null, r.id
from reservation r
where r.child = ?1 and r.activity = ?2 and r.date = ?3 and r.cancelled_at is not null
    and (r.for_household is null or r.for_household = ?4)
union all
select cast(3 as bigint), w.since, w.kind, w.state, null, w.id
from wish w
where w.child = ?1 and w.activity = ?2 and w.date = ?3 and (w.for_household is null or w.for_household = ?4)
union all
select cast(4 as bigint), w.changed_at, w.kind, w.state, w.words, w.id
from wish w
where w.child = ?1 and w.activity = ?2 and w.date = ?3 and (w.for_household is null or w.for_household = ?4)
    and w.state <> 'open'
order by since nulls first, what
