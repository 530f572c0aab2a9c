select id from guardian where deleted_at is not null and deleted_at <= ?1 order by id
