select g.household, g.first_name, g.last_name, g.email, g.phone, g.login, g.activated_at, g.deleted_at, h.name,
    cast(case when g.second_factor is null then 0 else 1 end as bigint)
from guardian g join household h on h.id = g.household where g.id = ?1
