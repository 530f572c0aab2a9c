select a.id, a.phc, w.at from agent a left join withdrawal w on w.kind = 'agent' and w.subject = a.id where a.email = ?1
