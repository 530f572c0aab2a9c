-- What stands beside the ground of a family's grid, as rows of several kinds: the lines of its cart (1), what was pointed
-- at the sites where its children go (2), who a child that nobody knew turned out to be (3), symbols (4).
with home as (
    select g.id, g.household from guardian g where g.id = ?1
),
place as (
    select s.id as site from home h
    join child_household m on m.household = h.household
    join child c on c.id = m.child
    join site s on s.school = c.school
    union
    select r.site from home h
    join child_household m on m.household = h.household
    join reservation r on r.child = m.child and r.date >= ?2 and r.date <= ?3
)
select cast(1 as bigint) as what, l.date as day, c.id as a, l.child as b, l.activity as c, l.site as d, l.kind as word,
    l.with_formula as e, l.shown_cents as n1, l.held_until as n2, nullif(c.id, c.id) as packed
from home h
join cart c on c.owner = h.id and c.household = h.household
left join cart_line l on l.cart = c.id and l.kind <> 'out'
union all
select cast(2 as bigint), m.date, m.id, m.site, null, null, null, null, null, null, m.value
from mark m join place p on p.site = m.site
where m.date >= ?2 and m.date <= ?3
union all
select cast(3 as bigint), s.date, a.unknown_child, a.child, null, null, null, null, null, null, null
from home h
join child_household m on m.household = h.household
join alias a on a.child = m.child
join stranger s on s.child = a.unknown_child
where s.date >= ?2 and s.date <= ?3
union all
select cast(4 as bigint), null, c.id, null, null, null, null, null, c.symbol_colour, c.symbol_shape, null
from home h
join child_household m on m.household = h.household
join child c on c.id = m.child
where c.symbol_colour is not null and c.symbol_shape is not null
order by what, day nulls first, a nulls first
