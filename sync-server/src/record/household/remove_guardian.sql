delete from guardian where id = ?1
