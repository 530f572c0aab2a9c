# Qui pointe, codes, verrou
