-- What rules ask about some children, the household that asks and the guardian who does, as rows of several kinds.
with home as (
    select id from household where id = ?1
    union
    select g.household from guardian g where g.id = ?2
),
mine as (
    select h.child as child from child_household h
    where cast(?3 as bigint) = 0 and h.household in (select id from home)
    union
    select c.id from child c
    where cast(?3 as bigint) = 1 and c.id in (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
    union
    select c.id from child c where cast(?3 as bigint) = 2
)
select cast(1 as bigint) as what, c.id as id, c.school as other, c.class as third, c.first_name as name, c.born as word,
    c.left_on as day, l.level as level, cast(0 as bigint) as number, k.encoded as encoded
from mine m
join child c on c.id = m.child
left join class l on l.id = c.class
left join custody k on k.child = c.id
union all
select cast(2 as bigint), m.child, h.household, null, '', '', null, null, cast(0 as bigint), null
from mine m join child_household h on h.child = m.child
union all
select cast(3 as bigint), m.child, null, null, d.kind, '', d.valid_until, null, cast(0 as bigint), null
from mine m join child_document d on d.child = m.child
union all
select cast(4 as bigint), h.id, null, null, '', '', f.residence, null, coalesce(f.unpaid_cents, cast(0 as bigint)), null
from home h left join household_facts f on f.household = h.id
union all
select cast(5 as bigint), g.id, g.household, null, '', g.authority, null, null, cast(0 as bigint), null
from guardian g where g.id = ?2
order by what
