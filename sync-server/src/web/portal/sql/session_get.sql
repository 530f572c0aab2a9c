select s.guardian, s.household, s.stage, s.agent, s.csrf, s.started_at, s.seen_at, g.household, g.first_name,
    g.last_name, g.login, g.deleted_at, w.at, s.pair, v.at
from portal_session s
left join guardian g on g.id = s.guardian
left join withdrawal w on w.kind = 'guardian' and w.subject = s.guardian
left join withdrawal v on v.kind = 'agent' and v.subject = s.agent
where s.token = ?1
