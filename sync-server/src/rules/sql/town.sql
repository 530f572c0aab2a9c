-- What rules ask about the town, as rows of several kinds; the first of them gives all columns their types.
select cast(1 as bigint) as what, a.opens as first_by, a.slug as then_by, a.id as id, a.service as other, a.name as name,
    a.mode as word, nullif(a.name, a.name) as phone, a.weekdays as n1, a.opens as n2, a.closes as n3, a.retired as n4,
    a.capacity as n5, nullif(a.id, a.id) as encoded
from activity a
union all
select cast(2 as bigint), cast(0 as bigint), '', s.activity, s.site, '', '', null, cast(0 as bigint), cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), null, null
from activity_site s
union all
select cast(3 as bigint), f.place, f.slug, f.activity, f.id, f.name, f.meal, null, cast(0 as bigint), cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), null, null
from formula f where f.place >= 0
union all
select cast(4 as bigint), cast(0 as bigint), s.slug, s.id, s.school, s.name, '', s.phone, s.retired, s.nursery,
    cast(0 as bigint), cast(0 as bigint), null, null
from site s
union all
select cast(5 as bigint), cast(0 as bigint), '', s.id, null, s.name, s.kind, null, s.half_days, s.starts, s.ends,
    s.retired, null, null
from school s
union all
select cast(6 as bigint), cast(0 as bigint), s.slug, s.id, null, s.name, '', null, s.retired, cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), null, null
from service s
union all
select cast(7 as bigint), cast(0 as bigint), r.from_date, r.id, null, r.name, '', null, cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), null, r.encoded
from rule_set r where r.live = 1 and r.from_date <= ?2
union all
select cast(8 as bigint), cast(0 as bigint), e.from_date, e.id, null, '', '', null, cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), cast(0 as bigint), null, e.encoded
from exceptional_day e where e.from_date <= ?2 and (e.until_date is null or e.until_date >= ?1)
union all
select cast(9 as bigint), cast(0 as bigint), '', null, null, '', '', null, cast(0 as bigint), cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), null, k.encoded
from calendar k where k.id = 1
union all
select cast(10 as bigint), cast(0 as bigint), '', null, null, c.zone, '', null, cast(0 as bigint), cast(0 as bigint),
    cast(0 as bigint), cast(0 as bigint), null, null
from commune c where c.id = 1
order by what, first_by, then_by
