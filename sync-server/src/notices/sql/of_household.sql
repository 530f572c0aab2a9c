select id from guardian where household = ?1 and phc is not null and deleted_at is null order by id
