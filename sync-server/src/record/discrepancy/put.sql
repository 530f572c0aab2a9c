insert into discrepancy (site, date, activity, child, kind, evidence, sort_key, detail)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
