select g.id, g.first_name, g.login, g.email
from guardian g
left join withdrawal w on w.kind = 'guardian' and w.subject = g.id
where g.deleted_at is null and w.at is null and (g.login is not null or g.email is not null)
order by g.id
