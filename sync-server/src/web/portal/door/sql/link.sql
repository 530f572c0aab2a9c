select l.guardian, l.purpose, l.address, l.branch, l.expires_at, l.used_at, l.voided_at, g.first_name, g.login,
    g.deleted_at, w.at
from guardian_link l
join guardian g on g.id = l.guardian
left join withdrawal w on w.kind = 'guardian' and w.subject = l.guardian
where l.token = ?1
