# Fiche de l’enfant, enfants imprévus
