select l.agent, l.branch, l.expires_at, l.used_at, a.email, w.at
from agent_link l
join agent a on a.id = l.agent
left join withdrawal w on w.kind = 'agent' and w.subject = a.id
where l.token = ?1
