select distinct r.site, r.date from reservation r
join child_household h on h.child = r.child
where h.household = ?1 and r.cancelled_at is null
