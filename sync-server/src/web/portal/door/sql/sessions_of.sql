select token, browser, started_at, seen_at
from portal_session
where guardian = ?1 and stage = 'in' and length(agent) = 0 and seen_at > ?2 and started_at > ?3
order by seen_at desc, token
