select site, date, activity, cast(count(*) as bigint) from discrepancy
where date between ?1 and ?2 and settlement is null
group by site, date, activity
