# Saisie des réservations
