insert into portal_session (token, guardian, household, stage, agent, csrf, browser, started_at, seen_at, pair)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)
