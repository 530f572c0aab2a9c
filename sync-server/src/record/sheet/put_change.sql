insert into sheet_change (site, date, seq, nth, device, bytes, form) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
