select c.id, c.household, c.changed_at, l.child, l.activity, l.date, l.site, l.kind, l.with_formula, l.in_group,
    l.about_reservation, l.about_wish, l.shown_cents, l.held_until, l.added_at
from cart c left join cart_line l on l.cart = c.id and l.kind <> 'out'
where c.owner = ?1 and c.household = ?2
order by l.date nulls first, l.added_at nulls first, l.child nulls first, l.activity nulls first
