select coalesce(max(device_seq), 0) + 1 from mark where own = 1
