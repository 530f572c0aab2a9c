select encoded from rule_set where live = 1 order by from_date, id
