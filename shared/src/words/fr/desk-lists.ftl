# Listes du jour et suivi
