select w.child, a.name, w.date, w.of_guardian, w.for_household, w.kind, w.offered_until
from wish w
join activity a on a.id = w.activity
where w.id = ?1
