delete from menu where id = ?1
