-- The reservations that stand of some children, and what they asked and wait for. A surcharge that was waived is no part
-- of the price any more.
select cast(1 as bigint) as what, r.date as first_by, r.id as id, r.child as child, r.activity as activity, r.site as site,
    r.formula as formula, r.for_household as household, nullif(r.id, r.id) as about, r.base_cents as n1,
    case when r.waived = 1 and r.base_cents is not null then cast(0 as bigint) else r.surcharge_cents end as n2,
    case when r.waived = 1 and r.base_cents < r.total_cents then r.base_cents else r.total_cents end as n3,
    r.pay_until as n4, r.paid_at as n5, '' as kind, '' as state,
    nullif(r.date, r.date) as words, r.in_group as in_group
from reservation r
where r.child in (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) and r.date between ?9 and ?10 and r.cancelled_at is null
union all
select cast(2 as bigint), w.date, w.id, w.child, w.activity, w.site, w.with_formula, w.for_household,
    w.about_reservation, w.since, w.offered_until, null, null, null, w.kind, w.state, w.words, w.in_group
from wish w
where w.child in (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) and w.date between ?9 and ?10
order by what, first_by, id
