select r.id, r.guardian, r.kind, r.about_child, r.title, r.state, r.at, r.changed_at, g.first_name, g.last_name, c.first_name
from request r
left join guardian g on g.id = r.guardian
left join child c on c.id = r.about_child
where r.state = 'open' and (cast(?1 as text) = '' or r.kind = ?1)
order by r.changed_at, r.id limit ?2 offset ?3
