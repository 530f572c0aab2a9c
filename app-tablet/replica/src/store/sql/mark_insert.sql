insert into mark (site, date, id, nth, value, own, device_seq, state) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
