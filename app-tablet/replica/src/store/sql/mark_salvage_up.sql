select site, date, id, value, own, device_seq, state from mark order by site, date, id, nth
