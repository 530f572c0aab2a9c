select encoded, version from rule_set order by from_date desc, name, id
