select distinct r.child, r.date
from reservation r
join child c on c.id = r.child
where (c.school = ?1 or c.class = ?2) and r.date >= ?3 and r.date <= ?4 and r.cancelled_at is null
    and (c.left_on is null or c.left_on > r.date)
