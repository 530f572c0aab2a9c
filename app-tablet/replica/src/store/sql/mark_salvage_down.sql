select site, date, id, value, own, device_seq, state from mark order by site desc, date desc, id desc, nth desc
