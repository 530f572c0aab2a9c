select id, mode from activity
