select s.csrf, s.started_at, s.seen_at, a.name, a.role, w.at, s.agent
from session s
join agent a on a.id = s.agent
left join withdrawal w on w.kind = 'agent' and w.subject = a.id
where s.token = ?1
