# Page des échanges et des contradictions
tablet-exchanges-back = Retour à la liste
tablet-exchanges-title = Échanges avec la mairie
tablet-exchanges-reading = Lecture des échanges…

# La ligne
tablet-exchanges-line = État de la ligne
tablet-exchanges-sync = Synchroniser maintenant
tablet-exchanges-last = Dernier échange : { $at }.
tablet-exchanges-never = Aucun échange n’a encore abouti.
tablet-exchanges-whole = Tous les pointages de cette tablette sont arrivés à la mairie.
tablet-exchanges-withdrawn = La mairie a retiré les droits de cette tablette.
tablet-exchanges-then-sending = L’envoi est en cours ; il n’y a rien à faire.
tablet-exchanges-then-off = Continuez à pointer : l’envoi reprendra de lui-même dès que le réseau reviendra.
tablet-exchanges-then-withdrawn = { $count ->
    [0] Rapportez-la à la direction ou appelez la mairie.
    [one] Rapportez-la à la direction ou appelez la mairie : { $number } pointage y est conservé sans accusé de réception.
   *[other] Rapportez-la à la direction ou appelez la mairie : { $number } pointages y sont conservés sans accusé de réception.
}

# Les contradictions
tablet-exchanges-contradictions = { $count ->
    [one] Une contradiction à régler
   *[other] { $Number } contradictions à régler
}
tablet-exchanges-settling = Touchez ce qui est vrai. Votre choix fait un pointage de plus ; les autres restent au dossier.
tablet-exchanges-elsewhere = Cette contradiction se règle à la mairie. Prévenez la direction.
tablet-exchanges-said-settled = Contradiction réglée : { $choice }

# Les pointages et leur sort
tablet-exchanges-log = Pointages de cette tablette
tablet-exchanges-filters = Pointages à afficher
tablet-exchanges-all = Tous
tablet-exchanges-waiting = En attente
tablet-exchanges-accepted = Acceptés
tablet-exchanges-in-backup = En sauvegarde
tablet-exchanges-refused = Refusés
tablet-exchanges-in-conflict = En contradiction
tablet-exchanges-one-waiting = En attente
tablet-exchanges-one-accepted = Accepté
tablet-exchanges-one-in-backup = En sauvegarde
tablet-exchanges-one-refused = Refusé
tablet-exchanges-one-in-conflict = En contradiction
tablet-exchanges-newest = { $count ->
    [one] Seul le plus récent est affiché ici ; les autres sont conservés.
   *[other] Les { $count } plus récents sont affichés ici ; les autres sont conservés.
}
tablet-exchanges-no-tap = Aucun pointage n’a encore été fait sur cette tablette.
tablet-exchanges-no-tap-then = Retournez à la liste et touchez un nom : le pointage apparaîtra ici.
tablet-exchanges-no-waiting = Aucun pointage en attente.
tablet-exchanges-no-waiting-then = Tout ce qui a été pointé ici a été transmis à la mairie.
tablet-exchanges-no-accepted = Aucun pointage accepté qui attende sa sauvegarde.
tablet-exchanges-no-accepted-then = Les pointages que la mairie a enregistrés apparaissent ici, jusqu’à leur copie hors site.
tablet-exchanges-no-in-backup = Aucun pointage en sauvegarde pour l’instant.
tablet-exchanges-no-in-backup-then = Les pointages acceptés y passent quand la mairie les a copiés hors site.
tablet-exchanges-no-refused = Aucun pointage refusé.
tablet-exchanges-no-refused-then = Un pointage que le serveur met de côté apparaîtrait ici ; la mairie l’examine.
tablet-exchanges-no-in-conflict = Aucun pointage de cette tablette n’est contredit.
tablet-exchanges-no-in-conflict-then = Une contradiction apparaîtrait en haut de cette page, avec de quoi la régler.

# La tablette
tablet-exchanges-facts = À indiquer si vous appelez la mairie
tablet-exchanges-device = Numéro de la tablette
tablet-exchanges-server = Serveur
tablet-exchanges-version = Version
tablet-exchanges-no-server = aucun serveur joint pour l’instant

# Une autre adresse
tablet-exchanges-address-open = Le serveur a changé d’adresse ?
tablet-exchanges-address = Nouvelle adresse du serveur
tablet-exchanges-address-hint = Celle que la mairie vous indique. Les adresses connues restent en réserve : une erreur de frappe ne fait rien perdre.
tablet-exchanges-address-submit = Chercher le serveur à cette adresse
tablet-exchanges-address-busy = Recherche en cours…
tablet-exchanges-address-missing = Indiquez l’adresse que la mairie vous a donnée.
