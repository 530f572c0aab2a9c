# Le cœur de la tablette
core-unknown-child = Enfant inconnu
core-enrol-no-answer = Le serveur ne répond pas à cette adresse ({ $why }). Vérifiez l’adresse et le réseau de la tablette, puis réessayez.
core-badge-pai = PAI
core-badge-pai-for = PAI { $what }
core-badge-allergy = Allergie
core-badge-allergy-to = Allergie { $what }
core-badge-diet = Régime
core-badge-leaves-alone = Part seul
core-badge-leaves-alone-when = Part seul { $when }
core-badge-forbidden = Personne interdite
core-badge-forbidden-to = Ne pas remettre à { $who }
