select g.id, g.phc
from guardian g
left join withdrawal w on w.kind = 'guardian' and w.subject = g.id
where g.login = ?1 and g.deleted_at is null and w.at is null
