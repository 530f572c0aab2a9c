select encoded, version from booking_settings
