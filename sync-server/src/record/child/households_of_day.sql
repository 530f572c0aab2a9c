select h.child, h.household from child_household h
where h.child in (select r.child from reservation r where r.date = ?1 and r.site = ?2 and r.cancelled_at is null)
order by h.child, h.household
