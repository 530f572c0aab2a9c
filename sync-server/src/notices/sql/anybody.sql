select id from guardian where phc is not null and deleted_at is null limit 1
