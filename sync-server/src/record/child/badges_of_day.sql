select b.child, b.kind, b.words from child_badge b
where b.child in (select r.child from reservation r where r.date = ?1 and r.site = ?2 and r.cancelled_at is null)
order by b.child, b.place
