select g.site, g.device, g.handed_in_by, g.marks, j.received_at
from (
    select site, device, handed_in_by, cast(count(*) as bigint) as marks, max(seq) as last
    from mark where seq > ?1 and id < ?2
    group by site, device, handed_in_by) g
join journal j on j.seq = g.last
order by g.site, g.device, g.handed_in_by
