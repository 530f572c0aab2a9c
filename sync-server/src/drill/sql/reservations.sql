select id, child, activity, site, date, formula, group_name, sitting, table_name, expected_in, expected_out, comes_from, goes_to, cancelled_at
from reservation order by id
