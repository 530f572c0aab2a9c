select 1 from guardian where id = ?1
