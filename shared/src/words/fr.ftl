# Textes des écrans, du plus général au plus particulier.

app-name = Préau

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
tablet-undo-last = Annuler le dernier pointage
tablet-more-of = Fiche { $of }
tablet-panel-of = Fiche { $of }
tablet-nothing-to-know = Aucune consigne particulière.
tablet-phone = À appeler :
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
tablet-conflicts = Des pointages se contredisent. Les enfants concernés portent un triangle : pointez-les de nouveau.
tablet-clock = L’horloge de la tablette paraît fausse : elle indique { $date }. Quelle date pointez-vous ? Vous pouvez continuer à pointer.
tablet-clock-right = C’est bien { $date }
tablet-clock-other = Autre date
tablet-clock-format = jj/mm/aaaa
tablet-clock-show = Afficher cette date

## La mairie

desk-title = { $page } – { $commune } – Préau
desk-title-bare = { $page } – Préau
desk-skip = Aller au contenu
desk-log-out = Se déconnecter
desk-back = Revenir à l’accueil

# Se connecter
desk-login-title = Connexion
desk-login-email = Adresse électronique
desk-login-password = Mot de passe
desk-login-submit = Se connecter
desk-login-no-email = Saisissez votre adresse électronique.
desk-login-no-password = Saisissez votre mot de passe.
desk-login-wrong = Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, puis réessayez.
desk-login-locked = Trop d’essais : la connexion est bloquée jusqu’à { $until }. Réessayez ensuite, ou demandez un nouveau lien à l’administrateur de votre collectivité.
desk-login-in-clear = Cette adresse n’est pas chiffrée : votre mot de passe pourrait être lu en chemin. Ouvrez la même page avec une adresse qui commence par https, ou prévenez l’hébergeur.
desk-login-activated = Mot de passe enregistré. Vous pouvez vous connecter.
desk-login-help = Mot de passe oublié : demandez un nouveau lien à l’administrateur de votre collectivité.

# Choisir un mot de passe
desk-activation-title = Choisir un mot de passe
desk-activation-for = Pour le compte { $email }.
desk-activation-password = Nouveau mot de passe
desk-activation-hint = { $count } caractères au moins. Plusieurs mots à la suite conviennent très bien.
desk-activation-again = Le même, une seconde fois
desk-activation-submit = Enregistrer
desk-activation-short = Ce mot de passe est trop court : il faut { $count } caractères au moins.
desk-activation-long = Ce mot de passe est trop long. Choisissez-en un de moins de 200 caractères.
desk-activation-differ = Les deux mots de passe sont différents. Saisissez deux fois le même.

# Pourquoi il n’y a pas de page
desk-commune-unknown = Collectivité inconnue
desk-commune-unknown-then = Cette collectivité n’est pas sur ce serveur. Vérifiez l’adresse, ou demandez-la à votre mairie.
desk-page-unknown = Page introuvable
desk-page-unknown-then = Il n’y a rien à cette adresse. Vérifiez-la, ou repartez de l’accueil.
desk-wrong-method = Page introuvable
desk-wrong-method-then = Cette adresse ne s’ouvre pas ainsi. Repartez de l’accueil.
desk-form-refused = Formulaire refusé
desk-form-refused-then = Ce formulaire ne venait pas d’une page ouverte par vous, ou cette page était trop ancienne. Rien n’a été changé. Revenez à l’accueil et recommencez ; si cela se répète, autorisez les cookies de ce site.
desk-form-unreadable = Formulaire illisible
desk-form-unreadable-then = Le serveur n’a pas pu lire ce qui était envoyé. Rien n’a été changé. Revenez à l’accueil et recommencez.
desk-forbidden = Accès réservé
desk-forbidden-then = Votre rôle ne donne pas accès à cette page. Adressez-vous à l’administrateur de votre collectivité.
desk-link-unknown = Lien inconnu
desk-link-unknown-then = Ce lien n’existe pas. Vérifiez qu’il est entier, ou demandez-en un autre à l’administrateur de votre collectivité.
desk-link-used = Lien déjà utilisé
desk-link-used-then = Un mot de passe a déjà été choisi avec ce lien. Connectez-vous avec ce mot de passe ; si ce n’était pas vous, demandez tout de suite un autre lien à l’administrateur de votre collectivité.
desk-link-expired = Lien expiré
desk-link-expired-then = Ce lien n’est plus valable : il ne l’est que sept jours. Demandez-en un autre à l’administrateur de votre collectivité.
desk-account-withdrawn = Compte retiré
desk-account-withdrawn-then = Ce compte a été retiré. Adressez-vous à l’administrateur de votre collectivité.
desk-busy = Serveur très occupé
desk-busy-then = Le serveur n’a pas pu répondre. Rien n’est perdu ; réessayez dans un moment.
desk-fault = Erreur du serveur
desk-fault-then = Le serveur n’a pas pu préparer cette page. Rien n’a été changé. Réessayez ; si cela se répète, prévenez l’hébergeur.

# L’accueil
desk-home-title = Accueil
desk-home-heading = Aujourd’hui
desk-home-caption = Pointage du jour, par site et par activité
desk-home-kept-aside = { $count ->
    [one] Un envoi de tablette a été mis de côté : il faut l’examiner.
   *[other] { $count } envois de tablettes ont été mis de côté : il faut les examiner.
}
desk-home-kept-aside-see = Examiner
desk-no-site = Aucun site n’est encore enregistré.
desk-no-site-then = Les sites apparaissent ici dès que l’hébergeur ou l’administrateur les a créés.
desk-nothing-today = Aucune activité ce jour.
desk-nothing-today-then = Choisissez une autre date ou un autre site.

# Le pointage d’un jour
desk-board-title = { $site }, { $date }
desk-days = Jours
desk-day-before = Jour précédent
desk-day-today = Aujourd’hui
desk-day-after = Jour suivant
desk-print = Imprimer
desk-filter-site = Site
desk-filter-date = Date
desk-filter-show = Afficher
desk-stale = Connexion au serveur interrompue. La liste affichée reste celle de l’heure indiquée dessous ; elle se remettra à jour d’elle-même.
desk-tabs = Activités du jour
desk-tab-expected = { $count ->
    [one] { $count } attendu
   *[other] { $count } attendus
}
desk-tab-present = { $count ->
    [one] { $count } présent
   *[other] { $count } présents
}
desk-tab-closed = Liste close
desk-caption = Enfants de la liste, { $activity }
desk-list-open = Liste ouverte
desk-list-closed = Liste close à { $at }
desk-list-reopened = Close à { $at }, puis pointée de nouveau
desk-nobody = Aucun enfant attendu à cette activité.
desk-nobody-then = Les enfants inscrits apparaissent ici, et ceux qui sont pointés sans réservation aussi.
desk-not-today = Cette activité n’a pas lieu ce jour.
desk-not-today-then = Choisissez une autre activité ci-dessus, ou une autre date.
desk-as-of = Situation à { $at }.
desk-column-name = Nom
desk-column-activity = Site et activité
desk-column-details = Classe et inscription
desk-column-badges = À savoir
desk-column-state = Pointage
desk-column-in = Arrivée
desk-column-out = Départ
desk-count-expected = Attendus
desk-count-present = Présents
desk-count-left = Partis
desk-count-absent = Absents
desk-count-unexpected = Inattendus
desk-state-expected = Attendu
desk-state-present = Présent
desk-state-left = Parti
desk-state-absent = Absent
desk-unexpected = { $count ->
    [one] Inattendu : pointé sans réservation
   *[other] Inattendus : { $count } enfants pointés sans réservation
}
desk-child-unknown = Enfant inconnu (fiche …{ $id })
desk-planned = prévu { $at }
desk-by-closing = { $reason }, à la clôture
desk-row-conflict = Pointages contradictoires
desk-sitting-first = 1er service
desk-sitting = { $n }e service
desk-comes-from = vient de : { $place }
desk-goes-to = va à : { $place }
desk-reason-unjustified = Non justifié
desk-reason-announced = Prévenu par la famille
desk-reason-illness = Malade
desk-reason-family = Raison familiale
desk-reason-school = Avec l’école
desk-reason-other = Autre motif
desk-badge-pai = PAI
desk-badge-pai-of = PAI { $text }
desk-badge-allergy = Allergie
desk-badge-allergy-of = Allergie { $text }
desk-badge-diet = Régime
desk-badge-diet-of = Régime : { $text }
desk-badge-alone = Part seul
desk-badge-alone-of = Part seul { $text }
desk-badge-collector = Ne pas confier à une personne
desk-badge-collector-of = Ne pas confier à : { $text }

# Pointages contradictoires
desk-conflicts = { $count ->
    [one] Un pointage à vérifier
   *[other] { $count } pointages à vérifier
}
desk-conflicts-then = Les deux pointages sont conservés. Demandez au site de pointer ce qui est vrai : le nouveau pointage tranche.
desk-conflict-present-absent = une tablette note sa présence à { $present }, une autre son absence à { $absent }.
desk-conflict-out-before-in = départ noté à { $out }, sans arrivée.
desk-conflict-two-sites = présence notée en même temps à { $a } et à { $b }.
desk-conflict-two-corrections = le même pointage a été corrigé deux fois, à { $a } et à { $b }.
desk-conflict-two-values = un pointage est arrivé sous deux formes différentes.
desk-conflict-clock = l’horloge de la tablette paraissait fausse au pointage de { $after }.

# Ce qui a été mis de côté
desk-aside-title = Envois mis de côté
desk-aside-lead = Le serveur n’a pas pu prendre ces envois de tablettes tels quels. Les pointages lisibles d’une tablette autorisée sur ce site ont été enregistrés ; les octets reçus sont conservés ici.
desk-aside-received = Reçu
desk-aside-tablet = Tablette
desk-aside-list = Liste
desk-aside-why = Raison
desk-aside-size = Taille
desk-aside-none = Rien n’a été mis de côté.
desk-aside-none-then = Tout ce que les tablettes ont envoyé a été enregistré.
desk-aside-tablet-unnamed = Tablette …{ $id }
desk-aside-site-unknown = Site inconnu
desk-aside-damaged = L’envoi est abîmé.
desk-aside-too-large = L’envoi est trop grand.
desk-aside-forbidden-change = L’envoi voulait autre chose qu’ajouter des pointages.
desk-aside-malformed-mark = Un pointage de l’envoi est illisible.
desk-aside-duplicate-sequence = La tablette a numéroté deux envois pareillement, par exemple après une remise en état.
desk-aside-head-missing = L’envoi est incomplet.
desk-aside-library-fault = Le serveur n’a pas su lire l’envoi.
desk-aside-withdrawn-device = La tablette a été retirée ; ses pointages tardifs attendent votre décision.
desk-aside-foreign-site = La tablette n’est pas associée à ce site.
desk-aside-other = Autre raison : { $word }.
desk-aside-do = Que faire
desk-aside-do-sync = Sur la tablette nommée, touchez « Synchroniser » : elle renvoie d’elle-même ce qui manque.
desk-aside-do-compare = Comparez la liste du jour, ici, avec celle de la tablette ; pointez de nouveau ce qui manque.
desk-aside-do-host = Si d’autres envois de la même tablette arrivent ici, donnez cette page à l’hébergeur.
desk-bytes = { $count } octets
desk-kilobytes = { $size } Ko

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
