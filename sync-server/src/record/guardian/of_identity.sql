select id from guardian where identity = ?1 and id <> ?2
