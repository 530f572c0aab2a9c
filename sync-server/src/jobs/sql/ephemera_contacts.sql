delete from device_contact where last_at < ?1
