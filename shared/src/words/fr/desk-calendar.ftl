# Calendriers et jours exceptionnels
