select distinct a.unknown_child, a.child from alias a
where a.merged = 1 or a.unknown_child in (select s.child from stranger s where s.date = ?1)
order by a.unknown_child
