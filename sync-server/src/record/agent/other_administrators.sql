select a.id from agent a
left join withdrawal w on w.kind = 'agent' and w.subject = a.id
where a.role = 'administrateur' and a.id <> ?1 and w.at is null
