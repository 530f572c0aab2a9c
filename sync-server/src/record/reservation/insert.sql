insert into reservation (id, child, activity, site, date, formula, group_name, sitting, table_name, expected_in, expected_out, comes_from, goes_to, version)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
