select id from guardian where id = ?1
