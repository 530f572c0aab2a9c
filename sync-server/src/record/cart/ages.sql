-- Since when the carts of a household know of a child, an activity and a date, also where the line was taken out again.
select l.child, l.activity, l.date, min(l.added_at)
from guardian g
join cart c on c.owner = g.id and c.household = g.household
join cart_line l on l.cart = c.id
where g.household = ?1 and l.kind in ('add', 'out') and l.added_at > ?2
group by l.child, l.activity, l.date
