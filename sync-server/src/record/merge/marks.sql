select site, date, id, nth, value, device, handed_in_by, returned, seq from mark where site = ?1 and date = ?2 order by id, nth
