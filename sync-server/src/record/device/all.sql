select d.id, d.name, d.since, w.at, c.last_at, c.version, c.owed
from device d
left join withdrawal w on w.kind = 'device' and w.subject = d.id
left join device_contact c on c.device = d.id
order by d.since desc, d.id
