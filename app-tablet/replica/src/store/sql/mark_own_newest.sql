select site, date, id, value, state, accepted_seq from mark
where own = 1 and nth = 0 and (state <> 1) = ?1
order by device_seq desc limit ?2
