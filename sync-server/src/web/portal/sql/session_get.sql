select s.guardian, s.household, s.stage, s.agent, s.csrf, s.started_at, s.seen_at, g.household, g.first_name,
    g.last_name, g.login, g.deleted_at, w.at
from portal_session s
left join guardian g on g.id = s.guardian
left join withdrawal w on w.kind = 'guardian' and w.subject = s.guardian
where s.token = ?1
