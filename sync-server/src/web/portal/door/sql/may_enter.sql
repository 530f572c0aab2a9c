select g.second_factor, g.deleted_at, w.at
from guardian g
left join withdrawal w on w.kind = 'guardian' and w.subject = g.id
where g.id = ?1
