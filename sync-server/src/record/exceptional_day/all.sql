select encoded, version from exceptional_day order by from_date, id
