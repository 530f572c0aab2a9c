select q.hash, q.device, coalesce(d.name, ''), coalesce(s.name, ''), q.date, q.reason, cast(length(q.payload) as bigint), q.received_at,
    q.settled, q.site, q.payload
from quarantine q left join device d on d.id = q.device left join site s on s.id = q.site
where q.hash = ?1
