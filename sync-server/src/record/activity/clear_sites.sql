delete from activity_site where activity = ?1
