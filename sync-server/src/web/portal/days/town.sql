select cast(0 as bigint) as what, '' as since, encoded from calendar where id = 1
union all
select cast(1 as bigint), from_date, encoded from exceptional_day
where from_date <= ?2 and (until_date is null or until_date >= ?1)
union all
select distinct cast(2 as bigint), '', nullif(encoded, encoded) from rule_set where live = 1
order by what, since
