select g.id, g.household, g.first_name, g.last_name, g.email, g.phone, g.login, g.activated_at, g.deleted_at, g.search_key, h.name
from guardian g join household h on h.id = g.household
order by g.search_key, g.id
