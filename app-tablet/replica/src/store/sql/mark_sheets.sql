-- From one sheet to the next by the key: a step a sheet, however many marks each has.
with recursive place (site) as (
    select min(site) from mark
    union all
    select (select min(m.site) from mark m where m.site > place.site) from place where place.site is not null
),
held (site, date) as (
    select site, (select min(m.date) from mark m where m.site = place.site) from place where site is not null
    union all
    select site, (select min(m.date) from mark m where m.site = held.site and m.date > held.date) from held
    where date is not null
)
select site, date from held where date is not null order by site, date
