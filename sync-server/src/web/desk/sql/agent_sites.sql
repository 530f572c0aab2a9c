select site from agent_site where agent = ?1
