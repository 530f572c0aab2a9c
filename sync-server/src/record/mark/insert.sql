insert into mark (site, date, id, nth, value, device, handed_in_by, returned, seq) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
