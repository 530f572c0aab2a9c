select last_at, version, owed, agreed_branch from device_contact where device = ?1
