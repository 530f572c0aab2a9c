## La tablette

tablet-opening = Ouverture de la tablette…
tablet-retry = Réessayer
tablet-understood = Compris
tablet-give-up = Fermer
tablet-trouble-unknown = La tablette n’a pas pu faire ce qui était demandé. Rien n’a été modifié, les pointages déjà faits sont conservés. Réessayez ; si cela se répète, fermez l’application et rouvrez-la.
tablet-sun = Plein soleil
tablet-number-start = { $count ->
    [0] Zéro
    [1] Un
    [2] Deux
    [3] Trois
    [4] Quatre
    [5] Cinq
    [6] Six
    [7] Sept
    [8] Huit
    [9] Neuf
    [10] Dix
    [11] Onze
    [12] Douze
    [13] Treize
    [14] Quatorze
    [15] Quinze
    [16] Seize
    [17] Dix-sept
    [18] Dix-huit
    [19] Dix-neuf
    [20] Vingt
   *[other] { $count }
}

# Associer la tablette
tablet-enrol-title = Associer cette tablette
tablet-enrol-lead = À faire une seule fois. Le code se demande au service périscolaire de votre mairie.
tablet-enrol-server = Adresse du serveur
tablet-enrol-code = Code de la tablette
tablet-enrol-code-hint = Majuscules, minuscules et espaces n’ont pas d’importance. Un code sert une fois.
tablet-enrol-submit = Associer cette tablette
tablet-enrol-busy = Association en cours…
tablet-enrol-incomplete = Il manque l’adresse du serveur ou le code. Remplissez les deux champs.

# En-tête
tablet-site = Site
tablet-dates = Date de la liste
tablet-date-before = Jour précédent
tablet-date-after = Jour suivant
tablet-date-today = Aujourd’hui
tablet-online = En ligne
tablet-online-waiting = { $count ->
    [one] En ligne. { $Number } pointage en cours d’envoi, enregistré sur la tablette.
   *[other] En ligne. { $Number } pointages en cours d’envoi, tous enregistrés sur la tablette.
}
tablet-offline = Hors ligne.
tablet-offline-since = Hors ligne depuis { $since }.
tablet-offline-waiting = { $count ->
    [0] Rien n’attend d’être envoyé.
    [one] { $Number } pointage en attente d’envoi, enregistré sur la tablette.
   *[other] { $Number } pointages en attente d’envoi, tous enregistrés sur la tablette.
}
tablet-last-sync = , dernier échange à { $at }
tablet-quarantined = { $count ->
    [one] { $Number } pointage mis de côté par le serveur, à faire examiner par la mairie.
   *[other] { $Number } pointages mis de côté par le serveur, à faire examiner par la mairie.
}
tablet-sync = Synchroniser
tablet-syncing = Échange en cours…

# Activités et filtres
tablet-activities = Activités du jour
tablet-tab-expected = { $count ->
    [one] { $count } attendu
   *[other] { $count } attendus
}
tablet-tab-present = { $count ->
    [one] { $count } présent
   *[other] { $count } présents
}
tablet-tab-left = { $count ->
    [one] { $count } parti
   *[other] { $count } partis
}
tablet-tab-closed = close à { $at }
tablet-tab-unclosed = à clore
tablet-tab-none = aucun enfant
tablet-children = Enfants
tablet-filters = Enfants à afficher
tablet-filter-expected = Attendus
tablet-filter-present = Présents
tablet-filter-left = Partis
tablet-filter-absent = Absents
tablet-filter-all = Tous
tablet-search = Rechercher un nom
tablet-search-elsewhere = { $count ->
    [one] { $Number } autre enfant de la liste répond à cette recherche.
   *[other] { $Number } autres enfants de la liste répondent à cette recherche.
}
tablet-search-everywhere = Chercher dans toute la liste

# Ce qu’un toucher fait
tablet-hint-in = Touchez un nom pour noter son arrivée.
tablet-hint-present = Touchez un nom pour noter sa présence.
tablet-hint-out = Touchez un nom pour noter son départ.
tablet-hint-absent = Touchez un nom pour noter son absence.
tablet-next-in = Toucher : noter l’arrivée
tablet-next-present = Toucher : noter la présence
tablet-next-out = Toucher : noter le départ
tablet-next-absent = Toucher : noter l’absence
tablet-next-none = Toucher : voir la fiche

# Une ligne
# Élision : devant une voyelle, la seconde.
tablet-of = de { $name }
tablet-of-vowel = d’{ $name }
tablet-state-expected = À pointer
tablet-state-present = Présence
tablet-state-left = Départ
tablet-state-absent = Absence
tablet-pending = Un instant…
tablet-expected-at = prévu à { $at }
tablet-since = à { $at }
tablet-at = à { $at }
tablet-waiting = en attente d’envoi
tablet-conflict = Pointages contradictoires
tablet-conflict-then = Deux pointages se contredisent. Pointez ce qui est vrai maintenant : le nouveau pointage tranche, les anciens restent au dossier.
tablet-not-booked = Non prévu
tablet-sitting-first = 1er service
tablet-sitting = { $n }e service
tablet-table = table { $table }
tablet-comes-from = vient de : { $place }
tablet-leaves-at = départ { $at }
tablet-leaves-for = va à : { $place }
tablet-absent = Absent
tablet-absent-of = Absent : { $name }
tablet-undo = Annuler
tablet-undo-of = Annuler le pointage { $of }
tablet-more-of = Fiche { $of }
tablet-nothing-to-know = Aucune consigne particulière.
tablet-absent-by-closing = Absence notée par la clôture de la liste.
tablet-do-in = Noter l’arrivée
tablet-do-present = Noter la présence
tablet-do-out = Noter le départ
tablet-do-back = Noter le retour
tablet-do-absent = Noter une absence
tablet-do-reason = Changer le motif
tablet-reasons = Motif de l’absence
tablet-reasons-of = Motif de l’absence { $of }
tablet-reason-unjustified = Non justifiée
tablet-reason-announced = Annoncée
tablet-reason-illness = Maladie
tablet-reason-family = Raison familiale
tablet-reason-school = Avec l’école
tablet-reason-other = Autre motif

# Ce qui est dit à voix haute
tablet-said-at = { $said } à { $at }
tablet-said-present = présence { $of } notée
tablet-said-left = départ { $of } noté
tablet-said-absent = absence { $of } notée
tablet-said-expected = pointage { $of } noté
tablet-said-undone = pointage { $of } annulé
tablet-said-closed = liste close
tablet-said-reopened = liste rouverte

# Clore la liste
tablet-close = Clore la liste
tablet-close-again = Clore à nouveau
tablet-close-none = Plus personne n’est attendu.
tablet-close-absent = { $count ->
    [one] { $count } enfant encore attendu sera noté en absence non justifiée.
   *[other] { $count } enfants encore attendus seront notés en absence non justifiée.
}
tablet-close-present = { $count ->
    [one] { $count } enfant encore attendu sera noté présent.
   *[other] { $count } enfants encore attendus seront notés présents.
}
tablet-closed-at = Liste close à { $at }
tablet-reopen = Rouvrir
tablet-reopened = Liste rouverte.

# Listes vides
tablet-nobody-found = Aucun enfant de la liste ne répond à « { $query } ».
tablet-nobody-found-then = Essayez le début du nom ou du prénom, sans accents si vous voulez.
tablet-nobody-listed = Aucun enfant attendu à cette activité.
tablet-nobody-listed-then = Si des enfants se présentent tout de même, prévenez la direction : rien n’est réservé pour eux.
tablet-nobody-no-activity = Aucune activité ce jour.
tablet-nobody-no-activity-then = Choisissez une autre date.
tablet-nobody-missing = La liste de cette date n’est pas sur la tablette.
tablet-nobody-missing-then = Synchronisez quand le réseau revient, ou prenez la liste imprimée.
tablet-nobody-expected = Plus personne n’est attendu.
tablet-nobody-expected-then = Tous les enfants de la liste sont pointés.
tablet-nobody-present = Aucun enfant présent pour l’instant.
tablet-nobody-present-then = Les enfants pointés à l’arrivée apparaissent ici.
tablet-nobody-left = Aucun départ pour l’instant.
tablet-nobody-left-then = Les enfants pointés au départ apparaissent ici.
tablet-nobody-absent = Aucun absent.
tablet-nobody-absent-then = Les absences notées apparaissent ici.
tablet-nobody-all = Aucun enfant sur cette liste.
tablet-nobody-all-then = Choisissez une autre activité ou une autre date.

# Ce qui doit être dit au-dessus de la liste
tablet-notices = Avis
tablet-withdrawn = Les droits de cette tablette ont été retirés par la mairie. Ce qui y est pointé reste enregistré sur la tablette. Rapportez-la à la direction ou appelez la mairie.
tablet-unconfirmed = Liste non confirmée : celle du même jour d’une autre semaine. Vous pouvez pointer, rien ne sera perdu. Synchronisez dès que possible.
tablet-missing = La liste de cette date n’est pas sur la tablette. Synchronisez quand le réseau revient ; ce que vous pointez est conservé.
tablet-before-loss = Liste d’avant l’incident : la mairie vérifie les réservations. Pointez normalement, rien ne sera perdu.
tablet-withheld = La mairie doit confirmer cette tablette avant de lui renvoyer des noms. Pointez normalement : tout est conservé et transmis.
tablet-back = Le serveur revient d’un incident. Cette tablette lui rend ce qu’il a perdu : { $what }.
tablet-back-done = Le serveur revient d’un incident. Cette tablette lui a rendu ce qu’il avait perdu : { $what }. Tout a été rendu. Rien n’a été perdu ici.
tablet-back-marks = { $count ->
    [one] { $count } pointage
   *[other] { $count } pointages
}
tablet-back-lists = { $count ->
    [one] { $count } liste
   *[other] { $count } listes
}
tablet-conflicts = Des pointages se contredisent. Les enfants concernés portent un triangle : pointez-les de nouveau.
tablet-clock = L’horloge de la tablette paraît fausse : elle indique { $date }. Quelle date pointez-vous ? Vous pouvez continuer à pointer.
tablet-clock-right = C’est bien { $date }
tablet-clock-other = Autre date
tablet-clock-format = jj/mm/aaaa
tablet-clock-show = Afficher cette date

# Ordre, groupes, plusieurs à la fois
tablet-exchanges = Échanges
tablet-filter-away = Ailleurs
tablet-filter-free = Peuvent venir
tablet-sort = Trier par
tablet-sort-name = Nom
tablet-sort-first = Prénom
tablet-sort-arrival = Arrivée prévue
tablet-sort-departure = Départ prévu
tablet-sort-class = Classe
tablet-groups = Groupes et classes
tablet-groups-all = Tout le monde
tablet-no-class = Sans classe
tablet-letters = Aller à une lettre
tablet-letters-at = Aller aux noms en { $letters }
tablet-many = Plusieurs
tablet-many-hint = Touchez les enfants, puis ce qu’il faut noter.
tablet-many-count = { $count ->
    [one] { $Number } enfant choisi
   *[other] { $Number } enfants choisis
}
tablet-many-all-here = Tous sont là ({ $count })
tablet-many-class-here = Toute la classe est là ({ $count })
tablet-many-group-here = Tout le groupe est là ({ $count })
tablet-many-choose-all = Tout choisir
tablet-many-absent = Noter absents
tablet-next-choose = Toucher : choisir
tablet-done-in = { $count ->
    [one] { $Number } arrivée notée
   *[other] { $Number } arrivées notées
}
tablet-done-present = { $count ->
    [one] { $Number } présence notée
   *[other] { $Number } présences notées
}
tablet-done-out = { $count ->
    [one] { $Number } départ noté
   *[other] { $Number } départs notés
}
tablet-done-absent = { $count ->
    [one] { $Number } absence notée
   *[other] { $Number } absences notées
}
tablet-undo-all = Tout annuler
tablet-said-undone-all = pointages annulés
tablet-together-ask = Des frères ou sœurs { $of } sont encore là.
tablet-together = Partis ensemble : { $names }
tablet-list-and = { $first } et { $last }
tablet-rest-of-day = Tout le reste de la journée
tablet-close-away = { $count ->
    [one] Un enfant ailleurs n’est pas concerné.
   *[other] { $count } enfants ailleurs ne sont pas concernés.
}
tablet-close-free = { $count ->
    [one] Un enfant qui pouvait venir n’est pas concerné.
   *[other] { $count } enfants qui pouvaient venir ne sont pas concernés.
}
tablet-conflicts-open = Voir et régler
tablet-state-away = Ailleurs
tablet-state-moved = Autre site
tablet-state-free = Peut venir
tablet-tab-away = { $count ->
    [one] { $count } ailleurs
   *[other] { $count } ailleurs
}
tablet-tab-unexpected = { $count ->
    [one] { $count } imprévu
   *[other] { $count } imprévus
}
tablet-tag-guest = Vient de { $site }
tablet-tag-moved = Passé à { $site }
tablet-tag-picnic = Pique-nique
tablet-tag-stranger = À identifier
tablet-age = { $age ->
    [0] moins d’un an
    [1] 1 an
   *[other] { $age } ans
}
