# Entering reservations
