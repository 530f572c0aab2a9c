select id, cast(case when login is not null and deleted_at is null then 1 else 0 end as bigint)
from guardian where household = ?1
