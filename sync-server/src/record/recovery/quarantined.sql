select cast(count(*) as bigint), cast(coalesce(sum(case when settled is null then 1 else 0 end), 0) as bigint)
from quarantine where seq > ?1
