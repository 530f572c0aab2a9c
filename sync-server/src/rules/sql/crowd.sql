-- How many children have a place in sessions of some activities (1), how many of them are there no longer (2), who
-- waits (3), what others than one cart hold (4), and since when that one holds something (5).
select cast(1 as bigint) as what, cast(0 as bigint) as since, r.activity as activity, r.site as site, r.date as date,
    r.in_group as in_group, cast(count(*) as bigint) as number, nullif(r.activity, r.activity) as id,
    cast(nullif(1, 1) as bigint) as offered
from reservation r
where r.date between ?1 and ?2 and r.cancelled_at is null
    and r.activity in (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
group by r.activity, r.site, r.date, r.in_group
union all
select cast(2 as bigint), cast(0 as bigint), r.activity, r.site, r.date, r.in_group, cast(count(*) as bigint), null, null
from child c join reservation r on r.child = c.id
where c.left_on is not null and c.left_on <= r.date and r.date between ?1 and ?2 and r.cancelled_at is null
    and r.activity in (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
group by r.activity, r.site, r.date, r.in_group
union all
select cast(3 as bigint), w.since, w.activity, w.site, w.date, w.in_group, cast(0 as bigint), w.id, w.offered_until
from wish w
where w.date between ?1 and ?2 and w.state in ('open', 'offered') and w.kind = 'wait'
    and w.activity in (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
union all
select cast(4 as bigint), cast(0 as bigint), l.activity, l.site, l.date, l.in_group, cast(count(*) as bigint), null, null
from cart_line l
where cast(?11 as bigint) = 1 and l.cart <> ?12 and l.held_until is not null and l.held_until > ?13
    and l.date between ?1 and ?2 and l.activity in (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
group by l.activity, l.site, l.date, l.in_group
union all
select cast(5 as bigint), l.added_at, l.activity, l.site, l.date, l.in_group, cast(1 as bigint), null, null
from cart_line l
where cast(?11 as bigint) = 1 and l.cart = ?12 and l.held_until is not null and l.held_until > ?13
    and l.date between ?1 and ?2 and l.activity in (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
order by what, since, id nulls first
