# Calendriers et jours exceptionnels
calendar-title = Calendrier
calendar-title-year = Calendrier { $year }
calendar-follows = Vacances : { $zone }. Jours fériés : { $region }.
calendar-years = Années
calendar-year-before = Année précédente
calendar-year-after = Année suivante
calendar-settings = Réglages du calendrier
calendar-set = Régler le calendrier
calendar-unset = Le calendrier n’est pas encore réglé.
calendar-unset-then = Choisissez la zone de vacances et la région des jours fériés ; l’année s’affichera ici.
calendar-unset-ask = Demandez à la mairie de choisir la zone de vacances et la région des jours fériés.
calendar-unknown = Les vacances d’une partie de cette année ne sont pas publiées, ou nous ne les connaissons pas.
calendar-unknown-then = Ces jours portent un point d’interrogation. Saisissez-les comme périodes de la commune dans les réglages du calendrier.
calendar-legend = Légende
calendar-today = aujourd’hui
calendar-cell-school = École
calendar-cell-vacation = Vacances
calendar-cell-holiday = Jour férié
calendar-cell-closed = Fermé par la commune
calendar-cell-own = École par décision de la commune
calendar-cell-week-end = Fin de semaine
calendar-cell-unknown = Non publié
calendar-cell-exceptional = Jour exceptionnel

# Réglages
calendar-settings-title = Réglages du calendrier
calendar-choose = Choisissez
calendar-zone = Vacances scolaires
calendar-zone-hint = La zone ou l’académie de vos écoles.
calendar-zone-a = Zone A
calendar-zone-b = Zone B
calendar-zone-c = Zone C
calendar-zone-corse = Corse
calendar-zone-guadeloupe = Guadeloupe
calendar-zone-guyane = Guyane
calendar-zone-martinique = Martinique
calendar-zone-mayotte = Mayotte
calendar-zone-reunion = La Réunion
calendar-zone-saint-pierre = Saint-Pierre-et-Miquelon
calendar-zone-nouvelle-caledonie = Nouvelle-Calédonie
calendar-zone-polynesie = Polynésie française
calendar-zone-wallis = Wallis-et-Futuna
calendar-region = Jours fériés
calendar-region-hint = L’endroit où se trouve la commune : certains jours ne sont fériés que là.
calendar-region-metropole = France métropolitaine, hors Alsace et Moselle
calendar-region-alsace-moselle = Alsace et Moselle
calendar-region-guadeloupe = Guadeloupe
calendar-region-guyane = Guyane
calendar-region-martinique = Martinique
calendar-region-mayotte = Mayotte
calendar-region-reunion = La Réunion
calendar-region-saint-barthelemy = Saint-Barthélemy
calendar-region-saint-martin = Saint-Martin
calendar-region-saint-pierre = Saint-Pierre-et-Miquelon
calendar-region-nouvelle-caledonie = Nouvelle-Calédonie
calendar-region-polynesie = Polynésie française
calendar-region-wallis = Wallis-et-Futuna
calendar-good-friday = Le Vendredi saint est férié ici
calendar-good-friday-hint = En Alsace et en Moselle, il l’est dans les communes qui ont un temple protestant ou une église mixte.
calendar-periods = Périodes de la commune
calendar-periods-hint = Elles passent avant les jours fériés et les vacances publiées : un pont, une fermeture, des vacances décalées, un samedi de rattrapage.
calendar-period = Période { $number }
calendar-period-new = Nouvelle période
calendar-period-name = Nom
calendar-period-kind = Ces jours-là
calendar-period-closed = Tout est fermé
calendar-period-vacation = Pas d’école, accueil de loisirs possible
calendar-period-school = Il y a école
calendar-period-from = Premier jour
calendar-period-until = Dernier jour
calendar-period-remove = Supprimer cette période
calendar-until-before-from = Le dernier jour ne peut pas précéder le premier.

# Jours exceptionnels
calendar-days = Jours exceptionnels
calendar-days-about = Fermeture, grève, enseignant absent, sortie de classe : les listes du jour changent aussitôt. Les réservations restent, sauf si une fermeture les annule.
calendar-days-none = Aucun jour exceptionnel n’est prévu.
calendar-days-none-then = Ceux que vous saisissez paraissent ici, sur les listes et sur les tablettes.
calendar-days-coming = En cours et à venir
calendar-days-past = Passés
calendar-column-what = Quoi
calendar-column-when = Quand
calendar-column-whom = Qui
calendar-column-meals = Repas
calendar-column-do = Actions
calendar-edit = Modifier
calendar-remove = Supprimer
calendar-when-one = le { $from }
calendar-when-span = du { $from } au { $until }
calendar-when-open = à partir du { $from }, jusqu’à nouvel ordre
calendar-day-new = Nouveau jour exceptionnel
calendar-day-edit = Modifier un jour exceptionnel
calendar-day-kind = Ce qui se passe
calendar-kind-closure = Fermeture
calendar-kind-strike = Grève
calendar-kind-teacher = Enseignant absent
calendar-kind-outing = Sortie de classe
calendar-effect-closure = Rien n’a lieu pour ces enfants : ils ne paraissent sur aucune liste et aucun repas n’est compté.
calendar-effect-strike = L’école n’est pas assurée. Les accueils gardent leurs listes, avec une note sur chaque ligne.
calendar-effect-teacher = Les enfants peuvent rester chez eux. Les listes ne changent pas ; une note le rappelle sur chaque ligne.
calendar-effect-outing = Pendant l’école, la classe est « en sortie » : ni attendue, ni absente. Les accueils du matin et du soir l’attendent comme d’habitude.
calendar-effect-restores = Les réservations restent telles quelles. Si vous supprimez ce jour, tout redevient comme avant.
calendar-day-words = En quelques mots
calendar-day-words-hint = Les équipes le lisent sur les listes et les tablettes, par exemple « Sortie au musée ».
calendar-day-from = Premier jour
calendar-day-until = Dernier jour
calendar-day-until-hint = Laissez vide pour « jusqu’à nouvel ordre ».
calendar-day-schools = Écoles entières
calendar-day-classes = Classes
calendar-day-classes-of = { $school }, par classe
calendar-day-classes-hint = Ou bien seulement des classes :
calendar-nobody-chosen = Cochez au moins une école ou une classe.
calendar-nothing-chosen = Cochez au moins une école, une classe, un service ou un lieu.
calendar-closure-only = C’est possible pour une fermeture seulement.
calendar-narrow = En cas de fermeture
calendar-narrow-hint = Une fermeture peut porter sur des services ou des lieux, pour tous les enfants ou seulement pour les écoles et classes cochées plus haut. Tout ce qui est coché doit correspondre.
calendar-day-services = Services
calendar-day-sites = Lieux
calendar-fate = Les réservations de ces jours
calendar-fate-hint = Pour une fermeture seulement.
calendar-fate-freeze = Suspendre
calendar-fate-freeze-effect = Les réservations restent, mais ne paraissent sur aucune liste tant que dure la fermeture.
calendar-fate-cancel = Annuler
calendar-fate-cancel-effect = Les réservations à venir sont annulées sans frais, leurs places libérées ; ce qui était déjà payé devient un avoir.
calendar-cancels = Annule les réservations
calendar-back-how = Si vous modifiez ou supprimez cette fermeture, les réservations qu’elle ne concerne plus sont rendues aux familles. Si la place a été prise entre-temps, une demande vous est présentée.
calendar-told = Les familles concernées en sont informées.
calendar-day-meals = Repas
calendar-day-meals-hint = Sans effet pour une fermeture : aucun repas n’est alors compté.
calendar-meals-none = Aucun
calendar-meals-kept = Servis
calendar-meals-kept-effect = Les repas réservés sont servis à la cantine.
calendar-meals-cancelled = Annulés
calendar-meals-cancelled-effect = Les repas ne sont ni commandés ni comptés ; à la cantine, ces enfants ne sont ni attendus ni absents.
calendar-meals-picnic = Pique-nique
calendar-meals-picnic-effect = Un pique-nique remplace chaque repas réservé.
calendar-service = Service minimum d’accueil
calendar-service-hint = En cas de grève seulement. Les tablettes du site montrent une liste de toute l’école, où personne n’est attendu.
calendar-service-site = Site d’accueil
calendar-service-none = Pas de service minimum
calendar-service-opens = Ouvre à
calendar-service-closes = Ferme à
calendar-service-strike-only = Le service minimum d’accueil n’existe qu’en cas de grève.
calendar-service-closes-first = L’heure de fermeture ne peut pas précéder l’ouverture.
calendar-service-effect = Service minimum d’accueil à { $site }, de { $opens } à { $closes } : une liste libre avec tous les enfants. La clore ne marque personne absent.
calendar-day-see = Voir ce que cela change
calendar-preview = Avant d’enregistrer
calendar-preview-counts = Qui est concerné
calendar-preview-rules = Ce qui change
calendar-preview-correct = Corriger
calendar-count-children = { $count ->
    [one] { $count } enfant
   *[other] { $count } enfants
}
calendar-count-classes = { $count ->
    [one] { $count } classe
   *[other] { $count } classes
}
calendar-count-families = { $count ->
    [one] { $count } foyer a réservé
   *[other] { $count } foyers ont réservé
}
calendar-count-cancelled = { $count ->
    [one] { $count } réservation sera annulée
   *[other] { $count } réservations seront annulées
}
calendar-count-credited = { $count ->
    [one] { $count } réservation payée deviendra un avoir
   *[other] { $count } réservations payées deviendront un avoir
}
calendar-count-cancelled-before = { $count ->
    [one] { $count } réservation déjà annulée par cette fermeture
   *[other] { $count } réservations déjà annulées par cette fermeture
}
calendar-count-back = { $count ->
    [one] { $count } réservation sera rendue à sa famille
   *[other] { $count } réservations seront rendues aux familles
}
calendar-count-dropped = { $count ->
    [one] { $count } réservation hors des listes
   *[other] { $count } réservations hors des listes
}
calendar-count-away = { $count ->
    [one] { $count } réservation ni attendue ni absente
   *[other] { $count } réservations ni attendues ni absentes
}
calendar-count-meals-cancelled = { $count ->
    [one] { $count } repas annulé
   *[other] { $count } repas annulés
}
calendar-count-picnics = { $count ->
    [one] { $count } pique-nique à prévoir
   *[other] { $count } pique-niques à prévoir
}
calendar-count-stay = { $count ->
    [one] { $activity } : { $count } reste attendu
   *[other] { $activity } : { $count } restent attendus
}
calendar-count-no-reservation = Aucune réservation n’existe encore pour ces jours.
calendar-day-remove = Supprimer « { $words } »
calendar-day-remove-then = Les listes redeviennent ce qu’elles étaient : les réservations n’ont pas changé.
