delete from identity_trip where state = ?1
