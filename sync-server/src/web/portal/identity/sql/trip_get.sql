select sealed, made_at from identity_trip where state = ?1
