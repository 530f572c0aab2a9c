select h.child, g.first_name, g.last_name, g.phone, g.authority
from child_household h join guardian g on g.household = h.household
where g.phone is not null
    and h.child in (select r.child from reservation r where r.date = ?1 and r.site = ?2 and r.cancelled_at is null)
order by h.child, h.household, g.search_key, g.id
