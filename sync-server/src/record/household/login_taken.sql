select id from guardian where login = ?1 and id <> ?2
