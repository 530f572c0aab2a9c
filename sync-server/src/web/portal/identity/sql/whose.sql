select id from guardian where identity = ?1
