# Les réservations saisies par un agent
bookings-title = Réservations
bookings-page-title = { $name }, { $span }
bookings-lead = Choisissez un enfant ou une classe. Rien n’est enregistré avant que vous ayez vu ce qui sera fait.
bookings-search = Nom ou prénom d’un enfant
bookings-found = { $count ->
    [one] Un enfant trouvé
   *[other] { $count } enfants trouvés
}
bookings-found-more = D’autres enfants correspondent : ajoutez quelques lettres.
bookings-none-found = Aucun enfant ne correspond à « { $query } ».
bookings-none-found-then = Essayez le début du nom ou du prénom, avec ou sans accents.
bookings-classes = Classes
bookings-no-class = Aucune classe n’est enregistrée.
bookings-ways = Façons de réserver
bookings-way-week = Semaine
bookings-way-month = Mois
bookings-way-period = Période
bookings-spans = Semaines ou mois
bookings-before = Précédent
bookings-after = Suivant
bookings-week-of = Semaine du { $day }
bookings-site-of = Site, { $activity }
bookings-usual-site = Site habituel de chaque enfant
bookings-usual-site-one = Site habituel
bookings-cell = { $activity }, { $day }
bookings-counted = { $some } sur { $all }
bookings-places = { $taken } / { $capacity } places
bookings-not-that-day = Pas ce jour
bookings-closed = Fermé
bookings-none = –
bookings-booked = Réservé
bookings-unchanged = Ne rien changer
bookings-free = Annuler
bookings-child-hint = Choisissez une formule pour réserver, un tiret pour annuler. Ce que vous ne changez pas reste tel quel.
bookings-class-hint = Chaque choix vaut pour tous les enfants cochés plus bas.
bookings-class-week = { $count ->
    [one] Un enfant
   *[other] { $count } enfants
}
bookings-class-table = La semaine de chaque enfant
bookings-exceptions = Décochez les enfants à laisser de côté.
bookings-pick = Choisi
bookings-with = { $name }
bookings-see = Voir ce qui sera fait
bookings-period = Réserver sur une période
bookings-deed = Que faire
bookings-deed-reserve = Réserver
bookings-deed-cancel = Annuler des réservations
bookings-from = Du
bookings-until = Au
bookings-weekdays = Jours de la semaine
bookings-what = Activité et formule
bookings-with-formula = { $activity }, { $formula }
bookings-how = Comment
bookings-how-hint = Ce qui est laissé vide reste comme à la dernière réservation de l’enfant.
bookings-replace = Remplacer la formule des jours déjà réservés
bookings-replace-hint = Sans cette case, ce qui est déjà réservé ne change pas.
bookings-vacations = Réserver aussi pendant les vacances scolaires
bookings-end-before-start = La fin est avant le début.
bookings-too-far = Choisissez des dates entre l’an dernier et dans deux ans.
bookings-too-long = Cette période est trop longue : une année scolaire au plus.
bookings-too-many = Cela ferait trop de réservations à la fois. Choisissez une période plus courte.
bookings-not-at-site = Cette activité n’a pas lieu sur ce site.
bookings-leaves-before = Le départ est avant l’arrivée.

# Ce qui sera fait
bookings-preview = Vérifier avant d’enregistrer
bookings-sum = { $list }.
bookings-nothing = Rien à changer.
bookings-sum-made = { $count ->
    [one] { $count } jour à réserver
   *[other] { $count } jours à réserver
}
bookings-sum-changed = { $count ->
    [one] { $count } formule changée
   *[other] { $count } formules changées
}
bookings-sum-cancelled = { $count ->
    [one] { $count } réservation à annuler
   *[other] { $count } réservations à annuler
}
bookings-sum-holidays = { $count ->
    [one] { $count } jour férié laissé de côté
   *[other] { $count } jours fériés laissés de côté
}
bookings-sum-vacations = { $count ->
    [one] { $count } jour de vacances laissé de côté
   *[other] { $count } jours de vacances laissés de côté
}
bookings-sum-closed = { $count ->
    [one] { $count } jour de fermeture laissé de côté
   *[other] { $count } jours de fermeture laissés de côté
}
bookings-sum-other = { $count ->
    [one] { $count } laissé de côté pour une autre raison
   *[other] { $count } laissés de côté pour une autre raison
}
bookings-sum-already = { $count ->
    [one] { $count } déjà fait
   *[other] { $count } déjà faits
}
bookings-sum-beyond = { $count } au-delà de la capacité
bookings-list-made = À réserver
bookings-list-cancelled = À annuler
bookings-list-aside = Laissés de côté
bookings-list-notes = Jours particuliers
bookings-note = { $day } : { $note }
bookings-of-children = { $day } ({ $count })
bookings-aside-holiday = Jour férié : { $name }
bookings-aside-vacation = Vacances scolaires : { $name }
bookings-aside-closed = Fermé : { $why }
bookings-aside-shut = École fermée : { $why }
bookings-aside-weekday = L’activité n’a pas lieu ce jour de la semaine
bookings-aside-not-offered = L’activité n’a pas lieu sur ce site
bookings-aside-left = L’enfant est parti
bookings-aside-elsewhere = Déjà réservé : { $site }
bookings-aside-rule = Règle sans exception : { $words }
bookings-rules = Au-delà des règles de réservation
bookings-rules-then = Ces lignes seront enregistrées quand même, en votre nom et sans supplément. Pour compter un supplément, demander une validation ou noter une raison, réservez depuis la grille de la famille.
bookings-rules-late = Hors délai : le prix serait de { $price }.
bookings-rules-late-cancel = Annulation hors délai : { $due } resteraient dus.
bookings-rules-full = Plus de place selon les règles : l’enfant irait en liste d’attente.
bookings-rules-days = { $count ->
    [one] { $name }, { $count } jour
   *[other] { $name }, { $count } jours
}
bookings-rules-more = { $count ->
    [one] Et { $count } autre cas.
   *[other] Et { $count } autres cas.
}
bookings-over = Plus de place
bookings-over-line = { $place } : { $taken } places prises sur { $capacity }, { $more } en plus
bookings-over-tick = Réserver aussi au-delà de la capacité
bookings-over-hint = Sans cette case, ces jours sont laissés de côté.
bookings-over-untold = Il n’y a plus de place ces jours-là. Cochez cette case pour réserver quand même, ou choisissez d’autres jours.
bookings-change = Modifier la demande
bookings-do-reserve = Réserver
bookings-do-both = Enregistrer ces changements
bookings-do-cancel = { $count ->
    [one] Annuler cette réservation
   *[other] Annuler ces { $count } réservations
}
