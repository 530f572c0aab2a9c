select date, id, value, device, handed_in_by, seq from mark
where site = ?1 and date >= ?2 and date <= ?3 and nth = 0
