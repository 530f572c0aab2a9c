select first_name from guardian where id = ?1
