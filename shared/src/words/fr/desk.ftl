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
desk-too-many-tries = Trop d’essais
desk-too-many-tries-then = Trop de liens inconnus ont été ouverts depuis cet endroit. Attendez un quart d’heure, puis ouvrez le lien tel qu’il vous a été envoyé, ou demandez-en un autre à l’administrateur de la collectivité.
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
desk-aside-withdrawn-device = La tablette a été retirée ; ses pointages tardifs attendent votre décision.
desk-aside-foreign-site = La tablette n’est pas associée à ce site.
desk-aside-other = Autre raison : { $word }.
desk-aside-do = Que faire
desk-aside-do-compare = Comparez la liste du jour, ici, avec celle de la tablette ; pointez de nouveau ce qui manque.
desk-aside-do-host = Si d’autres envois de la même tablette arrivent ici, donnez cette page à l’hébergeur.
desk-bytes = { $count } octets
desk-kilobytes = { $size } Ko

# Où mène le bandeau
desk-places = Rubriques
desk-place-today = Aujourd’hui
desk-place-children = Enfants
desk-place-bookings = Réservations
desk-place-lists = Listes
desk-place-calendar = Calendrier
desk-place-settings = Réglages
desk-place-tablets = Tablettes
desk-place-discrepancies = { $count ->
    [0] Écarts
   *[other] Écarts ({ $count })
}
desk-place-quarantine = Mis de côté ({ $count })

# Formulaires et listes
form-save = Enregistrer
form-cancel = Annuler
form-optional = (facultatif)
form-colon = { "\u00A0:" }{ " " }
form-crumbs = Vous êtes ici
form-title-error = Erreur – { $title }
form-summary = { $count ->
    [one] Rien n’est enregistré : un point est à corriger.
   *[other] Rien n’est enregistré : { $count } points sont à corriger.
}
form-missing = Remplissez ce champ.
form-none-chosen = Faites un choix.
form-too-long = Raccourcissez ce texte : { $max } caractères au plus.
form-not-a-date = Écrivez une date qui existe, par exemple 23/11/2026.
form-not-a-time = Écrivez une heure, par exemple 8:30.
form-not-a-number = Écrivez un nombre entier, de { $least } à { $most }.
form-not-an-email = Écrivez une adresse électronique, par exemple nom@mairie.example.
form-not-a-phone = Écrivez un numéro de téléphone, par exemple 04 65 71 00 00.
form-not-a-slug = Employez des lettres minuscules sans accent, des chiffres et des tirets, 40 signes au plus.
form-unknown-choice = Ce choix n’existe plus. Choisissez-en un autre.
form-taken = Ce nom est déjà pris. Choisissez-en un autre.
form-wrong-word = Écrivez le mot { $word } pour confirmer.
form-type-word = Pour confirmer, écrivez { $word }
form-overtaken = Quelqu’un d’autre vient de modifier cette fiche. Rien n’est écrasé.
form-overtaken-then = Sous chaque champ qui diffère se trouve ce qui est enregistré maintenant. Gardez votre saisie ou reprenez l’autre valeur, puis enregistrez ; « Annuler » laisse tout en l’état.
form-newer = Enregistré entre-temps : { $value }
form-newer-nothing = Enregistré entre-temps : rien
form-newer-ticked = Enregistré entre-temps : case cochée
form-newer-unticked = Enregistré entre-temps : case non cochée
form-done-saved = Enregistré.
form-done-created = Créé.
form-done-retired = Retiré. Ce qui existe déjà reste en l’état.
form-done-restored = De nouveau proposé.
form-done-removed = Supprimé.
form-done-dismissed = Révoqué. Cet agent ne peut plus se connecter.
form-done-unchanged = Rien à changer : tout était déjà ainsi.
form-filter-all = Tout afficher
form-pages = Pages de la liste
form-page-of = Page { $page } sur { $last }, { $total } lignes
form-page-before = Précédente
form-page-after = Suivante
form-monday = Lundi
form-tuesday = Mardi
form-wednesday = Mercredi
form-thursday = Jeudi
form-friday = Vendredi
form-saturday = Samedi
form-sunday = Dimanche

# Ce qui n’est ni attendu ni absent
desk-state-away = En sortie
desk-state-free = Peut venir
desk-away-picnic = { $place }, pique-nique
desk-moved-to = Passé à { $site }
desk-guest-from = Vient de { $site }
desk-count-away = En sortie
desk-count-free = Peuvent venir
desk-line-away = { $count ->
    [one] { $count } en sortie ou sur un autre site
   *[other] { $count } en sortie ou sur un autre site
}
desk-line-free = { $count ->
    [one] { $count } peut venir
   *[other] { $count } peuvent venir
}
desk-child-described = Enfant inconnu : { $described }
desk-list-closed-by = Liste close à { $at } par { $by }
desk-list-reopened-by = Close à { $at } par { $by }, puis pointée de nouveau

# Une session finie pendant une saisie
desk-login-kept = Votre session était terminée. Ce que vous aviez saisi est gardé sur cette page : connectez-vous, puis envoyez-le.
desk-resume-title = Vous êtes de nouveau connecté
desk-resume-said = Ce que vous aviez saisi avant la fin de votre session n’est pas perdu. Rien n’est encore enregistré.
desk-resume-send = Envoyer ma saisie
desk-resume-drop = Abandonner ma saisie
