select agent, site from agent_site order by agent, site
