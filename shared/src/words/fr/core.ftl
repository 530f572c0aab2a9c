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
core-role-directeur = Direction
core-role-animateur = Animation
core-role-atsem = ATSEM
core-role-restauration = Restauration
core-role-remplacant = Remplacement du jour
core-age = { $years ->
    [0] moins d’un an
    [1] 1 an
   *[other] { $years } ans
}
core-born = né(e) en { $year }
core-first-number = Numéro à appeler
core-reserved-for = Prévu : { $what }
core-this-tablet = cette tablette
core-that-tablet = la tablette { $number }
core-own-tablet = Cette tablette
core-other-tablet = Tablette { $number }
core-said-in = Arrivée
core-said-out = Départ
core-said-absent = Absence : { $why }
core-said-absent-day = Absence jusqu’au soir : { $why }
core-said-close = Liste close : absence non justifiée
core-said-close-present = Liste close : présence
core-said-reopen = Liste rouverte
core-said-correct = Heure corrigée : { $at }
core-said-correct-because = Heure corrigée : { $at } ({ $why })
core-said-void = Annulation
core-said-void-of = Annulation : { $what }
core-said-note = Mémo
core-said-welcome = Remplacement ajouté
core-said-stranger = Enfant inconnu
core-said-transfer = Envoi vers { $site }
core-reason-unjustified = non justifiée
core-reason-announced = annoncée
core-reason-illness = maladie
core-reason-family = raison familiale
core-reason-school = avec l’école
core-reason-other = autre raison
core-because-forgotten = oubli
core-because-mistaken = erreur
core-because-family = selon la famille
core-because-clock = horloge fausse
core-because-other = autre raison
core-whole-list = Liste
core-clock-doubted = L’horloge de la tablette a changé depuis le dernier échange : réglez-la, puis synchronisez.
core-clock-ahead = La tablette avance de { $minutes ->
    [1] une minute
   *[other] { $minutes } minutes
} sur le serveur. Les pointages sont notés à l’heure du serveur.
core-clock-behind = La tablette retarde de { $minutes ->
    [1] une minute
   *[other] { $minutes } minutes
} sur le serveur. Les pointages sont notés à l’heure du serveur.
core-deed-in = une arrivée
core-deed-out = un départ
core-deed-absent = une absence
core-deed-close = une clôture de liste
core-deed-reopen = une réouverture de liste
core-deed-transfer = un envoi vers un autre site
core-deed-other = une note
core-deed-at = { $what } à { $at }
core-conflict = { $subject } : { $said }
core-conflict-present-absent = { $here } a noté { $what } à { $at }, { $there } une absence à { $then } ; l’enfant compte comme venu.
core-conflict-out-before-in = { $here } a noté un départ à { $at }, sans aucune arrivée.
core-conflict-two-sites = l’enfant est pointé à la fois à { $site } à { $at } par { $here } et à { $other } à { $then } par { $there }.
core-conflict-two-corrections = l’heure corrigée de { $what } est { $at } pour { $here } et { $then } pour { $there } ; { $then } compte.
core-conflict-two-values = un même pointage a plusieurs contenus ({ $values }) ; le premier compte.
core-conflict-clock = l’horloge de { $here } a changé avant { $what } à { $at } ; cette heure n’est pas sûre.
core-settle-present = L’enfant était là à { $at }
core-settle-absent = L’enfant était absent
core-settle-arrived = Ajouter l’arrivée à { $at }
core-settle-undo-out = Annuler le départ
core-settle-only-at = Seulement à { $site }
core-settle-left = Parti de { $site } à { $at }
core-settle-time = { $at } est la bonne heure
core-settle-keep = Garder { $what }
core-settle-undo = Annuler ce pointage
core-address-answered = Le serveur de votre collectivité répond à cette adresse. La tablette l’y cherchera désormais en premier.
core-address-noted = Personne ne répond encore à cette adresse. Elle est notée et sera essayée quand les autres ne répondent pas ; continuez à pointer.
