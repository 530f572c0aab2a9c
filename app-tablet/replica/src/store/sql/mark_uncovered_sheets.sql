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
select h.site, h.date from held h left join sheet s on s.site = h.site and s.date = h.date
where h.date is not null and s.covered_digest is null
order by h.site, h.date
