-- What was booked of up to eight activities, each when it was made: by the booking itself, or else by the entry of the
-- journal that wrote it last.
select r.child as child, r.activity as activity, r.site as site, r.date as date, r.formula as formula,
    r.for_household as household, r.total_cents as total, coalesce(r.made_at, j.received_at) as made
from reservation r
left join journal j on j.seq = r.version
where r.date >= ?1 and r.date <= ?2 and r.cancelled_at is null
    and r.activity in (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
