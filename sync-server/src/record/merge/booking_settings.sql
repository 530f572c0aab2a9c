select encoded from booking_settings
