select g.id, g.first_name, g.last_name
from guardian g
left join withdrawal w on w.kind = 'guardian' and w.subject = g.id
where g.household = ?1 and g.login is null and g.deleted_at is null and w.at is null
order by g.id
