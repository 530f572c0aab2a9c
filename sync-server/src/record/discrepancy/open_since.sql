select site, cast(count(*) as bigint) from discrepancy where date >= ?1 and settlement is null group by site
