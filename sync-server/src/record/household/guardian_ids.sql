select id, case when login is not null and deleted_at is null then 1 else 0 end from guardian where household = ?1
