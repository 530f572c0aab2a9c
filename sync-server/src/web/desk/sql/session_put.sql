insert into session (token, agent, csrf, started_at, seen_at) values (?1, ?2, ?3, ?4, ?4)
