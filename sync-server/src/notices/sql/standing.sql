select id, email, login from guardian where phc is not null and deleted_at is null order by id
