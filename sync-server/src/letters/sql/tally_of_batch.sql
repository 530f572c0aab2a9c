select case when fate = 'queued' and (merged <> 0 or branch <> ?2) then 'held' else fate end as met,
    cast(count(*) as bigint)
from letter
where batch = ?1
group by 1
