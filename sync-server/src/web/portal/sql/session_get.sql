-- The session of a cookie, with what every page is drawn with: a row for each part of the service that was ever switched.
select s.guardian, s.household, s.stage, s.agent, s.csrf, s.started_at, s.seen_at, g.household, g.first_name,
    g.last_name, g.login, g.deleted_at, w.at, s.pair, v.at, p.encoded, l.version, l.words, k.name, k.state, k.message,
    k.since, k.version
from portal_session s
left join guardian g on g.id = s.guardian
left join withdrawal w on w.kind = 'guardian' and w.subject = s.guardian
left join withdrawal v on v.kind = 'agent' and v.subject = s.agent
left join portal p on p.id = 1
left join logo l on l.id = 1
left join capability k on s.token = ?1
where s.token = ?1
order by k.name nulls first
