select version from booking_settings where id = ?1
