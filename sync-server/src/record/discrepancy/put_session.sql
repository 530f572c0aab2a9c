insert into discrepancy_session (site, date, activity, sort_key, ends_at, booked, present)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
