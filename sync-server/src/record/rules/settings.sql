select encoded from booking_settings where id = 1
