select id, email, login from guardian where id = ?1 and phc is not null and deleted_at is null
