select encoded, version from exceptional_day
where from_date <= ?1 and (until_date is null or until_date >= ?1) order by from_date, id
