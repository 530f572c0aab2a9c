insert into agent_site (agent, site) values (?1, ?2)
