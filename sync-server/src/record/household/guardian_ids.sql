select id from guardian where household = ?1
