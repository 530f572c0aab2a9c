update device_contact set agreed_branch = ?2, agreed_seq = ?3, agreed_at = ?4 where device = ?1
