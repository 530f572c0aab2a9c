delete from household where id = ?1
