select distinct a.unknown_child, a.child from alias a
where a.unknown_child in (select s.child from stranger s where s.site = ?1 and s.date = ?2)
    or a.unknown_child in (select t.child from transfer t where t.to_site = ?1 and t.date = ?2)
    or (a.merged = 1 and a.child in (
        select r.child from reservation r where r.site = ?1 and r.date = ?2 and r.cancelled_at is null))
order by a.unknown_child
