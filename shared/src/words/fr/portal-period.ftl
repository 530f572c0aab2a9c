# Réserver en vue période : plusieurs dates d’un coup.
portal-period-title = Réserver plusieurs dates
portal-period-week-title = Semaine type
portal-period-copy-title = Copier vers un frère ou une sœur
portal-period-preview-title = Avant de mettre au panier
portal-period-ways = Façons de réserver
portal-period-way-period = Plusieurs dates
portal-period-way-week = Semaine type
portal-period-way-copy = Copier
portal-period-nothing-yet = Rien n’est réservé tant que vous n’avez pas validé votre panier.
portal-period-nothing-on-line = Aucune activité ne se réserve en ligne pour l’instant. Appelez l’accueil.
portal-period-nobody = Vous ne pouvez réserver en ligne pour aucun enfant.
portal-period-children = Enfants
portal-period-activities = Activités
portal-period-weekdays = Jours de la semaine
portal-period-formula = Formule de « { $activity } »
portal-period-from = Du
portal-period-to = Au
portal-period-see = Voir ces dates
portal-period-or-see = Ou voir directement
portal-period-this-period = Cette période
portal-period-this-month = Ce mois
portal-period-this-year = L’année scolaire
portal-period-until = { $span }, jusqu’au { $day }
portal-period-week-said = Cochez ce qui revient chaque semaine, puis choisissez les dates. Les autres jours restent comme ils sont.
portal-period-week-derived = Rempli d’après la semaine du { $week }.
portal-period-week-caption = Semaine type de { $child }
portal-period-box = { $child }, { $activity }, { $day }
portal-period-replace = Remplacer ce qui est déjà réservé
portal-period-replace-hint = Les jours non cochés de ces activités seront annulés. Vous verrez chaque jour concerné avant de confirmer.
portal-period-copy-said = Ce qui est réservé pour un enfant est demandé pour l’autre, aux mêmes dates.
portal-period-copy-from = Copier les réservations de
portal-period-copy-to = Vers
portal-period-copy-alone = Il faut au moins deux enfants pour copier.
portal-period-copy-same = Choisissez deux enfants différents.
portal-period-over = La date de fin est passée, ou avant la date de début.
portal-period-long = Choisissez quatorze mois au plus.
portal-period-change = Modifier la demande
portal-period-possible = Ce qui sera mis au panier
portal-period-impossible = Ce qui ne peut pas l’être, et pourquoi
portal-period-changes = Les jours qui changent
portal-period-away = annulé { $list }.
portal-period-new = Ajouté { $list }.
portal-period-differences = Ce qui diffère
portal-period-differs = { $here } au lieu de { $there }
portal-period-sum-booked = { $count ->
    [one] Une réservation à ajouter
   *[other] { $count } réservations à ajouter
}
portal-period-sum-total = { $booked } : { $total }
portal-period-sum-late = { $count ->
    [one] Une hors délai
   *[other] { $count } hors délai
}
portal-period-sum-surcharge = { $late }, dont { $surcharge } de supplément
portal-period-sum-requested = { $count ->
    [one] Une demande à l’accueil
   *[other] { $count } demandes à l’accueil
}
portal-period-sum-waiting = { $count ->
    [one] Une place en liste d’attente
   *[other] { $count } places en liste d’attente
}
portal-period-sum-cancelled = { $count ->
    [one] Une annulation
   *[other] { $count } annulations
}
portal-period-sum-due = { $cancelled }, { $due } restent dus
portal-period-sum-already = { $count ->
    [one] Une date déjà réservée, inchangée
   *[other] { $count } dates déjà réservées, inchangées
}
portal-period-sum-in-cart = { $count ->
    [one] Une date déjà dans votre panier
   *[other] { $count } dates déjà dans votre panier
}
portal-period-sum-refused = { $count ->
    [one] Une date impossible : voir pourquoi plus bas
   *[other] { $count } dates impossibles : voir pourquoi plus bas
}
portal-period-sum-nothing = Rien à mettre au panier
portal-period-leave-out = Laisser de côté
portal-period-take-back = Reprendre
portal-period-leave-out-of = { $leave } : { $kind }
portal-period-left-late = { $count ->
    [one] Une date hors délai laissée de côté
   *[other] { $count } dates hors délai laissées de côté
}
portal-period-left-requested = { $count ->
    [one] Une demande à l’accueil laissée de côté
   *[other] { $count } demandes à l’accueil laissées de côté
}
portal-period-left-waiting = { $count ->
    [one] Une place en liste d’attente laissée de côté
   *[other] { $count } places en liste d’attente laissées de côté
}
portal-period-too-many = Cela fait trop de dates pour un seul panier. Choisissez une période plus courte ou moins d’activités, validez, puis continuez.
portal-period-send = { $count ->
    [one] Mettre cette date au panier
   *[other] Mettre ces { $count } dates au panier
}
portal-period-send-then = Vous vérifierez et validerez votre panier ensuite.
portal-period-sending = Mise au panier en cours
portal-period-kind-booked = À réserver
portal-period-kind-late = À réserver hors délai
portal-period-kind-requested = À demander à l’accueil
portal-period-kind-waiting = En liste d’attente
portal-period-kind-cancelled = À annuler
portal-period-kind-cancel-requested = À annuler, avec l’accord de l’accueil
portal-period-days = { $count ->
    [one] 1 date
   *[other] { $count } dates
}
portal-period-price = { $total } ({ $each } par date)
portal-period-which = Voir les dates
portal-period-cart-dates = Voir les dates, en retirer
portal-period-cart-tap = Touchez une date pour la retirer du panier.
portal-period-each = { $price } par date
portal-period-of = { $child }, { $activity }
portal-period-call = Appelez
portal-period-because-formula = Déjà réservé avec une autre formule
portal-period-because-formula-named = Déjà réservé avec la formule « { $formula } »
portal-period-because-nowhere = Pas proposé pour l’école de l’enfant
portal-period-because-deadline = Trop tard : la date limite est passée
portal-period-because-not-yet = Les réservations ne sont pas encore ouvertes
portal-period-because-window = Les réservations sont closes
portal-period-because-full = Complet
portal-period-because-limit = Nombre maximal atteint
portal-period-because-limit-of = Nombre maximal atteint : { $count }
portal-period-because-excluded = Incompatible avec une autre activité du même jour
portal-period-because-excluded-by = Incompatible avec « { $name } » le même jour
portal-period-because-needs = Possible seulement avec une autre activité du même jour
portal-period-because-needs-other = Possible seulement avec « { $name } » le même jour
portal-period-because-age = L’âge de l’enfant ne convient pas
portal-period-because-school = Pas pour l’école de l’enfant
portal-period-because-class = Pas pour la classe de l’enfant
portal-period-because-residence = Réservé aux habitants de certaines communes
portal-period-because-documents = Un document manque au dossier
portal-period-because-document = Document manquant : { $name }
portal-period-because-unpaid = Des factures restent à régler
portal-period-because-closed = Fermé
portal-period-because-not-offered = Pas d’accueil ces jours-là
portal-period-because-left = L’enfant n’est plus inscrit
portal-period-because-elsewhere = Déjà réservé sur un autre site
portal-period-because-elsewhere-at = Déjà réservé sur un autre site : { $name }
portal-period-because-already = Déjà réservé
portal-period-because-price = Le prix a changé
portal-period-because-not-yours = L’enfant est avec son autre foyer, ou vous ne pouvez pas réserver pour lui
portal-period-because-past = Date passée
portal-period-because-not-on-line = Ne se réserve pas en ligne
portal-period-because-final = Ne peut pas être annulé
portal-period-because-with = Refusé avec une activité liée
