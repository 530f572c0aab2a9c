select last_at, version, owed from device_contact where device = ?1
