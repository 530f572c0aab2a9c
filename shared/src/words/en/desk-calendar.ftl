# Calendars and exceptional days
