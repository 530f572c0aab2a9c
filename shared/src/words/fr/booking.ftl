# Rules of booking in words: why something cannot be booked, and what a town's rules say.
booking-call = Appelez l’accueil au { $phone }.
booking-call-us = Contactez l’accueil.
booking-rule = Règle : « { $words } ».
booking-deadline = Trop tard : la date limite était fixée au { $at }.
booking-deadline-on-line = Trop tard en ligne : la date limite était fixée au { $at }.
booking-deadline-unknown = La date limite ne peut pas être calculée : le calendrier n’est pas connu.
booking-not-yet = Les réservations ouvriront le { $at }.
booking-not-yet-unknown = Les réservations ne sont pas encore ouvertes pour cette date.
booking-window-closed = Les réservations sont closes depuis le { $at }.
booking-window-closed-unknown = Les réservations sont closes.
booking-full = Complet : il n’y a plus de place.
booking-full-of = Complet : { $number ->
    [0] il n’y a pas de place
    [1] la seule place est prise
   *[other] les { $number } places sont prises
 }.
booking-limit = L’enfant a déjà autant de réservations que possible.
booking-limit-of = Limite atteinte : { $number ->
    [1] une réservation
   *[other] { $number } réservations
 } au plus.
booking-excluded = Ne va pas avec une autre réservation du même jour.
booking-excluded-by = Ne va pas avec { $name } le même jour. Choisissez l’un ou l’autre.
booking-needs = Va seulement avec une autre réservation du même jour.
booking-needs-this = Va avec { $name } le même jour : choisissez les deux, ou aucun des deux.
booking-age = L’enfant n’a pas l’âge demandé.
booking-school = Pas proposé aux enfants de son école.
booking-class = Pas proposé aux enfants de sa classe.
booking-residence = Pas proposé aux familles de votre commune. Si vous avez déménagé, dites-le à l’accueil.
booking-documents = Il manque un document. Transmettez-le à l’accueil.
booking-documents-of = Il manque un document : { $name }. Transmettez-le à l’accueil.
booking-unpaid = Des factures restent à payer. Réglez-les, puis recommencez.
booking-unpaid-of = Il reste { $money } à payer. Réglez cette somme, puis recommencez.
booking-closed = Fermé ce jour-là.
booking-closed-for = Fermé : { $name }.
booking-not-offered = N’a pas lieu ce jour-là.
booking-left = L’enfant n’est plus inscrit à cette date.
booking-left-on = L’enfant n’est plus inscrit depuis le { $date }.
booking-elsewhere = Déjà réservé ailleurs ce jour-là. Annulez d’abord cette réservation.
booking-elsewhere-at = Déjà réservé ce jour-là : { $name }. Annulez d’abord cette réservation.
booking-already = C’est déjà fait : rien ne change.
booking-price-changed = Le prix a changé. Vérifiez-le, puis validez de nouveau.
booking-price-changed-to = Le prix a changé : { $money }. Vérifiez-le, puis validez de nouveau.
booking-not-yours = Ce jour-là, cette réservation ne dépend pas de votre foyer.
booking-past = C’est déjà commencé, ou passé.
booking-not-on-line = Ne se réserve pas en ligne.
booking-final = Une fois achetée, cette réservation ne s’annule plus.
booking-with = Refusé, car ce qui va avec n’a pas pu être réservé.
booking-with-this = Refusé, car { $name } va avec et n’a pas pu être réservé.

# Parts of rules.
booking-and = { $first } et { $last }
booking-or-list = { $first } ; { $last }
booking-on-monday = le lundi
booking-on-tuesday = le mardi
booking-on-wednesday = le mercredi
booking-on-thursday = le jeudi
booking-on-friday = le vendredi
booking-on-saturday = le samedi
booking-on-sunday = le dimanche
booking-on-working-days = du lundi au vendredi
booking-on-no-day = aucun jour
booking-case-school = hors vacances scolaires
booking-case-holidays = pendant les vacances scolaires
booking-case-first-day-back = le premier jour de classe après les vacances
booking-case-sites = à { $names }
booking-case-formulas = en { $names }
booking-case-all = toutes les séances
booking-unknown-name = (inconnu)
booking-count-calendar = { $days ->
    [1] 1 jour
   *[other] { $days } jours
 }
booking-count-worked = { $days ->
    [1] 1 jour ouvré
   *[other] { $days } jours ouvrés
 }
booking-count-workable = { $days ->
    [1] 1 jour ouvrable
   *[other] { $days } jours ouvrables
 }
booking-count-school = { $days ->
    [1] 1 jour de classe
   *[other] { $days } jours de classe
 }
booking-count-open = { $days ->
    [1] 1 jour d’ouverture
   *[other] { $days } jours d’ouverture
 }
booking-count-not-holidays = { $days ->
    [1] 1 jour non férié
   *[other] { $days } jours non fériés
 }
booking-count-not-vacations = { $days ->
    [1] 1 jour hors vacances scolaires et jours fériés
   *[other] { $days } jours hors vacances scolaires et jours fériés
 }
booking-count-skipped = { $count } (sans { $weekdays })
booking-days-calendar = jours
booking-days-worked = jours ouvrés
booking-days-workable = jours ouvrables
booking-days-school = jours de classe
booking-days-open = jours d’ouverture
booking-days-not-holidays = jours non fériés
booking-days-not-vacations = jours hors vacances scolaires et jours fériés
booking-moment-hours = { $hours ->
    [1] 1 heure avant le début
   *[other] { $hours } heures avant le début
 }
booking-moment-hours-of = { $hours ->
    [1] 1 heure avant le début, comptée en { $count }
   *[other] { $hours } heures avant le début, comptées en { $count }
 }
booking-moment-same-day = le jour même, à { $at }
booking-moment-eve = la veille, à { $at }
booking-moment-days = { $days } avant, à { $at }
booking-moment-this-week = { $weekday } de la même semaine, à { $at }
booking-moment-last-week = { $weekday } de la semaine précédente, à { $at }
booking-moment-weeks = { $weekday }, { $weeks } semaines avant, à { $at }
booking-moment-this-month = { $day } du même mois, à { $at }
booking-moment-last-month = { $day } du mois précédent, à { $at }
booking-moment-months = { $day }, { $months } mois avant, à { $at }
booking-moment-day = { $day ->
    [1] le 1er
    [31] le dernier jour
   *[other] le { $day }
 }
booking-moment-at-latest = { $moment } (à défaut, le dernier des { $count } avant)
booking-moment-last-school-day = le dernier jour de classe avant les vacances, à { $at }
booking-moment-week = { $hours ->
    [0] le lundi de la semaine, à 0 h
    [1] 1 heure avant le lundi de la semaine, 0 h
   *[other] { $hours } heures avant le lundi de la semaine, 0 h
 }
booking-moment-period = le premier jour de la période, à { $at }
booking-moment-before-period = { $days } avant le début de la période, à { $at }
booking-moment-at = le { $date }, à { $at }
booking-moment-start = le début de la séance
booking-moment-end = la fin de la séance
booking-entrance-portal = en ligne
booking-entrance-phone = par téléphone
booking-entrance-desk = à l’accueil
booking-entrance-door = à la porte
booking-verdict-refuse = refusé
booking-verdict-request = l’accueil décide
booking-verdict-accept = accepté
booking-way = { $entrance }, { $verdict }
booking-way-costs = { $entrance }, { $verdict }, { $cost }
booking-cost-replaces = au prix de { $money }
booking-cost-adds = avec { $money } en plus
booking-cost-full = le prix entier reste dû
booking-cost-part = { $percent } % du prix restent dus
booking-cost-due = { $money } restent dus
booking-cost-excused = { $cost } (rien avec un certificat sous { $days } jours)
booking-said-add = Dernier délai pour réserver : { $moment }.
booking-said-add-for = Dernier délai pour réserver ({ $case }) : { $moment }.
booking-said-cancel = Dernier délai pour annuler : { $moment }.
booking-said-cancel-for = Dernier délai pour annuler ({ $case }) : { $moment }.
booking-said-late = Ensuite, dernier délai { $moment } : { $ways }.
booking-said-refused = Après, c’est refusé.
booking-said-strict = Sans exception, même par l’accueil.
booking-said-no-ways = refusé
booking-said-opening = Ouverture des réservations : { $from }.
booking-said-opening-for = Ouverture des réservations ({ $case }) : { $from }.
booking-said-opening-known = dès que le calendrier est connu
booking-said-closing = Clôture : { $until }.
booking-said-age-from = à partir de { $from }
booking-said-age-under = moins de { $under }
booking-said-age-between = de { $from } à moins de { $under }
booking-said-age-session = Âge le jour de la séance : { $age }.
booking-said-age-school-year = Âge le 1er septembre de l’année scolaire : { $age }.
booking-said-age-calendar-year = Âge le 31 décembre de l’année : { $age }.
booking-age-years = { $number ->
    [1] 1 an
   *[other] { $number } ans
 }
booking-age-months = { $number } mois
booking-age-any = tout âge
booking-said-schools = Écoles : { $names }.
booking-said-classes = Classes : { $names }.
booking-said-levels = Niveaux : { $names }.
booking-said-residence = Communes (code INSEE) : { $names }.
booking-said-documents = Documents demandés : { $names }.
booking-said-unpaid = Impayés : { $money } au plus.
booking-said-only-for = Seulement pour { $names }.
booking-said-otherwise = Sinon : { $ways }.
booking-said-limit-day = { $most ->
    [1] 1 réservation au plus par jour
   *[other] { $most } réservations au plus par jour
 }{ $of }.
booking-said-limit-week = { $most ->
    [1] 1 réservation au plus par semaine
   *[other] { $most } réservations au plus par semaine
 }{ $of }.
booking-said-limit-month = { $most ->
    [1] 1 réservation au plus par mois
   *[other] { $most } réservations au plus par mois
 }{ $of }.
booking-said-limit-period = { $most ->
    [1] 1 réservation au plus par période
   *[other] { $most } réservations au plus par période
 }{ $of }.
booking-said-limit-year = { $most ->
    [1] 1 réservation au plus par année scolaire
   *[other] { $most } réservations au plus par année scolaire
 }{ $of }.
booking-said-excludes = { $activity } ne va pas avec { $other } le même jour.
booking-said-needs = { $activity } va seulement avec { $other } le même jour.
booking-said-brings = Réserver { $activity } réserve aussi { $other }.
booking-said-group = Groupe « { $name } » : { $who }.
booking-said-group-all = tous
booking-said-places = { $places ->
    [0] Aucune place
    [1] 1 place
   *[other] { $places } places
 }{ $for }.
booking-said-places-group = groupe « { $name } »
booking-said-from = à partir du { $date }
booking-said-until = jusqu’au { $date }
booking-said-waiting = Liste d’attente : une place proposée est gardée { $time }.
booking-said-waiting-most = Au plus { $most } en attente par séance.
booking-said-minutes = { $number ->
    [1] 1 minute
   *[other] { $number } minutes
 }
booking-said-hours = { $number ->
    [1] 1 heure
   *[other] { $number } heures
 }
booking-said-price = Prix : { $money }.
booking-said-price-for = Prix ({ $case }) : { $money }.
booking-said-billed = Payé avec la facture du mois.
booking-said-paid-credited = Payé à la réservation, dans un délai de { $time } ; sinon la place est rendue. Une annulation à temps donne un avoir.
booking-said-paid-final = Payé à la réservation, dans un délai de { $time } ; sinon la place est rendue. Ce qui est payé n’est pas remboursé.
booking-chapter-openings = Quand réserver
booking-chapter-add = Jusqu’à quand réserver
booking-chapter-cancel = Jusqu’à quand annuler
booking-chapter-conditions = Pour qui
booking-chapter-limits = Combien de réservations
booking-chapter-links = Ce qui va ensemble
booking-chapter-places = Places
booking-chapter-prices = Prix et paiement
booking-said-until-start = Jusqu’au début de la séance.

# Contradictions and holes of a set of rules.
booking-table-openings = ouvertures
booking-table-add = délais pour réserver
booking-table-cancel = délais pour annuler
booking-table-conditions = conditions
booking-table-places = places
booking-table-prices = prix
booking-flaw-line = { $table }, ligne { $line }
booking-flaw-no-activity = Ces règles ne parlent d’aucune activité.
booking-flaw-unknown-activity = { $activity } n’est plus proposée.
booking-flaw-ends-before = La fin vient avant le début.
booking-flaw-same-start = { $activity } : d’autres règles en vigueur, « { $other } », commencent le même jour. Changez l’une des deux dates.
booking-flaw-no-calendar = Le calendrier de la collectivité n’est pas réglé : aucun délai ne peut être calculé.
booking-flaw-calendar-ends = Le calendrier n’est pas connu à partir du { $date } : rien ne pourra être réservé ensuite.
booking-flaw-no-delay = Aucune ligne dans les { $table } : c’est possible jusqu’au début de la séance.
booking-flaw-no-price = Aucun prix n’est indiqué : les familles ne verront pas de prix.
booking-flaw-no-price-at-booking = Aucun prix n’est indiqué, alors que l’on paie à la réservation.
booking-flaw-uncovered = { $table } : aucune ligne ne parle de { $sessions }.
booking-flaw-never-offered = { $activity } a lieu { $weekdays }, mais ces règles ne l’ouvrent jamais ces jours-là.
booking-flaw-speaks-of-nothing = { $line } : ne parle d’aucune séance qui a lieu.
booking-flaw-contradiction = { $line } : ne compte jamais, car la ligne { $counts }, lue avant, dit autre chose des mêmes séances.
booking-flaw-contradiction-example = { $line } : ne compte jamais, car la ligne { $counts }, lue avant, dit autre chose des mêmes séances. Pour le { $date } : { $first } selon la ligne { $counts }, { $other } selon celle-ci.
booking-flaw-overlap = { $line } : parle en partie des mêmes séances que la ligne { $counts } et dit autre chose. Pour celles-là, la ligne { $counts } compte.
booking-flaw-needless = { $line } : ne sert à rien, la ligne { $counts } dit déjà la même chose.
booking-flaw-never-reached = { $line } : ne compte jamais, les lignes lues avant parlent de toutes ses séances.
booking-flaw-not-computable = { $line } : la date limite du { $date } ne peut pas être calculée.
booking-flaw-after-start = { $line } : pour le { $date }, la date limite vient après le début de la séance.
booking-flaw-after-end = { $line } : pour le { $date }, la date limite vient après la fin de la séance.
booking-flaw-stage-too-early = { $line } : pour le { $date }, l’étape { $stage } se termine avant d’avoir commencé.
booking-flaw-stage-opens-again = { $line } : { $entrance }, l’étape { $stage } permet ce que l’étape d’avant refuse.
booking-flaw-stage-twice = { $line } : l’étape { $stage } dit deux choses de ce qui arrive { $entrance }.
booking-flaw-opens-after-closing = Ouvertures, ligne { $line } : pour le { $date }, la clôture vient avant l’ouverture.
booking-flaw-opens-after-deadline = Ouvertures, ligne { $line } : pour le { $date }, la date limite est passée avant l’ouverture.
booking-flaw-wrong-cost = { $line }, étape { $stage } : ce coût ne convient pas ici.
booking-flaw-group-without-places = Groupe « { $name } » : aucune ligne ne dit combien il a de places.
booking-flaw-unknown-group = Places, ligne { $line } : le groupe « { $name } » n’existe pas.
booking-flaw-group-twice = Deux groupes s’appellent « { $name } ».
booking-flaw-nobody-meets = Conditions, ligne { $line } : personne ne peut la remplir.
booking-flaw-unknown-document = Conditions, ligne { $line } : « { $kind } » n’est pas un document connu. Ajoutez-le aux réglages.
booking-flaw-link-to-itself = Liens, ligne { $line } : une activité est liée à elle-même.
booking-flaw-link-elsewhere = Liens, ligne { $line } : l’une des deux activités n’est pas concernée par ces règles, ou n’est plus proposée.
booking-flaw-link-cycle = { $activity } revient à elle-même par ce qui va avec : tout devra être réservé ensemble.
booking-flaw-link-contradiction = { $activity } et { $other } s’excluent, mais l’une demande l’autre : personne ne pourra réserver.
booking-flaw-limit-twice = Limites, ligne { $line } : ne compte jamais, la ligne { $counts } est plus stricte.
booking-flaw-limit-of-none = Limites, ligne { $line } : aucune réservation n’est possible.
booking-flaw-no-time-to-take = Liste d’attente : une place proposée n’est gardée à aucun moment.
booking-flaw-no-time-to-pay = Paiement à la réservation : aucun délai pour payer.
