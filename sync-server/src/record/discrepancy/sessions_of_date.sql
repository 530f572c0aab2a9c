select site, activity, ends_at, booked, present from discrepancy_session where date = ?1 order by site, activity
