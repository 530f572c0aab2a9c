select d.id, d.name, d.since, c.last_at, c.owed, t.site
from device d
join device_site t on t.device = d.id
left join device_contact c on c.device = d.id
left join withdrawal w on w.kind = 'device' and w.subject = d.id
where w.subject is null
order by d.since, d.id, t.site
