select g.id, g.email, g.login
from child_household h
join guardian g on g.household = h.household
where h.child = ?1 and g.phc is not null and g.deleted_at is null
order by g.id
