delete from child where id = ?1
