select distinct a.unknown_child, a.child from alias a join stranger s on s.child = a.unknown_child
where s.date = ?1 order by a.unknown_child
