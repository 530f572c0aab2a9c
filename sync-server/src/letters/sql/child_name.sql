select first_name from child where id = ?1
