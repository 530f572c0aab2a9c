select case when fate = 'queued' and (merged <> 0 or branch <> ?1) then 'held' else fate end as met,
    cast(count(*) as bigint)
from letter
group by 1
