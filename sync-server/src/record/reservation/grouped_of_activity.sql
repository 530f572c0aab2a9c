select cast(1 as bigint) as what, r.id, r.child, r.activity, r.date, r.in_group from reservation r
where r.activity = ?1 and r.date >= ?2 and r.cancelled_at is null
union all
select cast(2 as bigint), w.id, w.child, w.activity, w.date, w.in_group from wish w
where w.activity = ?1 and w.date >= ?2 and w.state in ('open', 'offered')
