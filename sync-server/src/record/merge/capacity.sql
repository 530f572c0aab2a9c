select capacity from activity where id = ?1
