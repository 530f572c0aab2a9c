delete from identity_trip where made_at < ?1
