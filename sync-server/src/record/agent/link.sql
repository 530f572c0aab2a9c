select agent, branch, expires_at, used_at from agent_link where token = ?1
