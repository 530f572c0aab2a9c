update throttle
set failures = failures - 1, locked_until = case when failures - 1 < ?2 then 0 else locked_until end
where subject = ?1 and failures > 0
