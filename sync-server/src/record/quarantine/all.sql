select q.hash, q.device, coalesce(d.name, ''), coalesce(s.name, ''), q.date, q.reason, cast(length(q.payload) as bigint), q.received_at,
    q.settled, q.site
from quarantine q left join device d on d.id = q.device left join site s on s.id = q.site
order by q.received_at desc, q.hash nulls last
