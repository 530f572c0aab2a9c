insert into agent_link (token, agent, branch, expires_at) values (?1, ?2, ?3, ?4)
