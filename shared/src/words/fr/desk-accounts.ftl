# Accounts of families, at the desk.
accounts-place = Comptes
accounts-title = Comptes des familles
accounts-search = Nom, courriel, téléphone ou enfant
accounts-state = Compte
accounts-all-states = Tous
accounts-filter-none = Sans compte, rien d’envoyé
accounts-filter-asked = Lien envoyé
accounts-filter-active = Actif
accounts-filter-deleted = Supprimé
accounts-filter-bounced = Adresse rejetée
accounts-filter-no-email = Sans adresse électronique
accounts-state-none = Aucun compte
accounts-state-asked = Lien envoyé le { $day }
accounts-state-bounced = Adresse rejetée
accounts-state-active = Actif depuis le { $day }
accounts-state-active-long = Actif
accounts-state-deleted = Supprimé, à restaurer avant le { $day }
accounts-bounced-since = Adresse rejetée
accounts-to-codes = Codes sur papier
accounts-to-activations = Envoyer les activations
accounts-to-registrations = { $count ->
    [0] Demandes d’inscription
    [one] { $count } demande d’inscription
   *[other] { $count } demandes d’inscription
}
accounts-to-payers = Payeurs
accounts-to-doubles = Doublons
accounts-count = { $count ->
    [0] Aucun responsable
    [one] { $count } responsable
   *[other] { $count } responsables
}
accounts-nobody = Personne ne correspond.
accounts-nobody-then = Essayez une partie du nom, le nom d’un enfant ou une adresse électronique.
accounts-pick = Choisir
accounts-pick-one = Choisir { $name }
accounts-guardian = Responsable
accounts-email = Adresse électronique
accounts-no-email-short = Sans adresse électronique
accounts-children = Enfants
accounts-codes-given = Codes donnés le { $day }
accounts-chosen-activations = Envoyer l’activation aux personnes cochées
accounts-chosen-codes = Codes sur papier pour les foyers cochés
accounts-chosen-hint = Un nouveau lien ou de nouveaux codes remplacent ceux d’avant.

# Mailing links
accounts-activations = Envoyer les activations
accounts-activations-about = Chaque responsable qui a une adresse et pas encore de compte reçoit un lien pour choisir son mot de passe. Le lien sert une fois, pendant sept jours.
accounts-activations-fresh = Recevront un premier lien
accounts-activations-asked = Ont déjà un lien qu’ils n’ont pas ouvert
accounts-activations-without = Sans adresse qui reçoive
accounts-activations-codes = Donner des codes sur papier à ceux qui n’ont pas d’adresse
accounts-activations-again = Écrire aussi à ceux qui n’ont pas ouvert leur lien
accounts-activations-again-hint = Leur lien d’avant n’ouvrira plus rien.
accounts-activations-send = Envoyer
accounts-activations-nobody = Personne n’est à prévenir : chacun a un compte, un lien en attente, ou pas d’adresse.
accounts-batch = Envoi des activations
accounts-batch-going = { $count ->
    [one] Encore { $count } courriel à partir. Vous pouvez quitter cette page, l’envoi continue.
   *[other] Encore { $count } courriels à partir. Vous pouvez quitter cette page, l’envoi continue.
}
accounts-batch-over = Tous les courriels de cet envoi sont traités.
accounts-batch-look = Actualiser
accounts-batch-sent = Partis
accounts-batch-waiting = En attente
accounts-batch-failed = Non arrivés
accounts-batch-held = Retenus
accounts-batch-left = { $count ->
    [one] L’envoi s’est interrompu : il reste { $count } personne à prévenir.
   *[other] L’envoi s’est interrompu : il reste { $count } personnes à prévenir.
}
accounts-batch-go-on = Continuer l’envoi
accounts-batch-returns = Courriels non arrivés
accounts-batch-returns-then = Corrigez l’adresse sur la fiche du foyer, puis envoyez un nouveau lien ; ou donnez des codes sur papier.
accounts-fate-queued = En attente
accounts-fate-sent = Parti
accounts-fate-bounced = Rejeté
accounts-fate-given-up = Abandonné après plusieurs jours
accounts-fate-dropped = Non envoyé
accounts-fate-held = Retenu

# Codes on paper
accounts-codes = Codes sur papier
accounts-codes-about = Une lettre par foyer, avec le code de chaque enfant et le code payeur. Avec une seule paire, la famille entre et voit tous ses enfants, puis choisit son mot de passe.
accounts-codes-closed = L’entrée par codes est fermée dans les réglages du portail : ces codes n’ouvriront rien tant qu’elle le reste.
accounts-codes-once = Les codes ne sont écrits que dans le fichier que vous allez enregistrer. Imprimer de nouveau donne de nouveaux codes, et ceux d’avant n’ouvrent plus rien.
accounts-codes-all = Aussi les foyers où quelqu’un a déjà un compte
accounts-codes-all-hint = Sinon, seuls les foyers où personne n’entre encore reçoivent une lettre.
accounts-codes-days = Valables pendant (jours)
accounts-codes-count = Lettres : { $letters }. Enfants : { $children }.
accounts-codes-recount = Compter de nouveau
accounts-codes-print = Créer le fichier des lettres
accounts-codes-nobody = Aucun foyer ne correspond à ce choix.
accounts-codes-too-many = Trop de lettres pour un fichier. Choisissez une école ou une classe.
accounts-letter-title = Codes pour le portail des familles – { $commune }
accounts-letter-print = { $count ->
    [one] { $count } lettre. Imprimez ce fichier, distribuez-la, puis effacez le fichier.
   *[other] { $count } lettres. Imprimez ce fichier, distribuez-les, puis effacez le fichier.
}
accounts-letter-heading = Vos codes pour le portail des familles
accounts-letter-about = Le portail vous permet de suivre les réservations de vos enfants, de lire les menus et de nous écrire.
accounts-letter-child = Enfant
accounts-letter-child-code = Code enfant
accounts-letter-payer-code = Code payeur
accounts-letter-step-open = Ouvrez cette adresse sur un téléphone ou un ordinateur{ "\u00A0:" }
accounts-letter-step-type = Écrivez un code enfant et le code payeur. Une seule ligne du tableau suffit pour tous vos enfants.
accounts-letter-step-email = Dites qui vous êtes et donnez votre adresse électronique.
accounts-letter-step-password = Ouvrez le lien reçu, choisissez un mot de passe : vous êtes chez vous.
accounts-letter-until = Ces codes servent jusqu’au { $day }.
accounts-letter-keep = Gardez cette lettre pour vous : qui a ces codes peut entrer à votre place. Chaque responsable du foyer peut s’en servir pour créer son propre compte.
accounts-letter-help = Lettre perdue, code refusé, pas d’adresse électronique : appelez le { $phone }.
accounts-letter-help-bare = Lettre perdue, code refusé, pas d’adresse électronique : adressez-vous à l’accueil.

# One account
accounts-see = Voir comme cette famille
accounts-person = Responsable
accounts-household = Foyer
accounts-contact = Adresse de contact
accounts-phone = Téléphone
accounts-bounced-then = Le dernier courriel est revenu. Demandez une autre adresse à la famille et corrigez la fiche du foyer.
accounts-access = Accès
accounts-login = Identifiant
accounts-login-none = Aucun
accounts-factor = Double authentification
accounts-factor-on = Activée
accounts-factor-off = Non
accounts-sessions = Appareils connectés
accounts-sessions-none = Aucun
accounts-sessions-seen = { $count }, vu le { $day } à { $hour }
accounts-locked = Trop d’essais : bloqué jusqu’à { $hour }.
accounts-activation-send = Envoyer le lien d’activation
accounts-restore = Restaurer le compte
accounts-reset-send = Envoyer un lien de mot de passe
accounts-unlock = Débloquer
accounts-sessions-end = Fermer ses sessions
accounts-login-change = Changer l’identifiant
accounts-login-new = Nouvel identifiant
accounts-login-new-hint = Une adresse électronique. Un lien y est envoyé, et le changement vaut quand il est ouvert ; d’ici là l’ancien sert encore.
accounts-login-send = Envoyer le lien
accounts-letters = Derniers courriels
accounts-letters-none = Rien n’a été envoyé.
accounts-letter-line = { $day } à { $hour }, à { $to }
accounts-kind-notice = Avis
accounts-kind-activation = Lien d’activation
accounts-kind-reset = Lien de mot de passe
accounts-kind-login = Nouvel identifiant à confirmer
accounts-kind-contact = Nouvelle adresse à confirmer
accounts-kind-no-account = Adresse sans compte
accounts-kind-registered = Demande reçue
accounts-kind-refused = Demande refusée
accounts-kind-codes = Codes
accounts-kind-deleted = Compte supprimé
accounts-kind-agent = Lien d’agent
accounts-kind-booked = Récapitulatif de réservation
accounts-end = Fin du compte
accounts-delete-open = Supprimer ce compte
accounts-delete-said = Cette personne ne pourra plus entrer, et ses sessions se ferment. Sa fiche pourra être retirée du foyer.
accounts-delete-stays = Réservations, enfants et historique restent. Le compte peut être restauré pendant le délai réglé par la commune.
accounts-delete = Supprimer le compte
accounts-no-login-yet = Ce compte n’a pas d’identifiant en service.
accounts-has-login = Cette personne a déjà un identifiant. Envoyez plutôt un lien de mot de passe.
accounts-no-email = Aucune adresse de contact : ajoutez-la sur la fiche du foyer, ou donnez des codes sur papier.
accounts-restore-late = Le délai est passé : ce compte ne peut plus être restauré. Envoyez un nouveau lien d’activation.
accounts-see-deleted = Ce compte est supprimé : il n’y a rien à voir.
accounts-done-mail = Courriel mis à l’envoi.
accounts-done-unlocked = Débloqué. La personne peut réessayer.
accounts-done-sessions = Sessions fermées.
accounts-done-restored = Compte restauré. L’identifiant et le mot de passe sont ceux d’avant.
accounts-done-deleted = Compte supprimé.
accounts-done-united = Réunies en une seule fiche.
accounts-done-welcomed = Demande acceptée.
accounts-done-declined = Demande refusée. La famille en est prévenue.

# Families who ask to be known
accounts-registrations = Demandes d’inscription
accounts-registrations-about = Des familles que la commune ne connaît pas encore. Rien n’entre dans les fiches avant votre accord.
accounts-registrations-none = Aucune demande n’attend.
accounts-registrations-none-then = Elles arrivent ici quand le portail permet de s’inscrire.
accounts-registration-who = Demandeur
accounts-registration-when = Reçue
accounts-at = { $day } à { $hour }
accounts-registration-asked = Ce que dit la famille
accounts-registration-over = Cette demande a reçu sa réponse.
accounts-registration-accept = Accepter
accounts-registration-is = Cette personne est
accounts-registration-known = { $name }, { $home }
accounts-registration-why = Déjà connu : { $why }.
accounts-registration-gets-in = A déjà un compte : aucun lien ne partira.
accounts-registration-new = Une nouvelle personne
accounts-registration-new-hint = Un foyer est créé avec elle.
accounts-registration-child = { $name }, { $born } – école dite : { $school }
accounts-registration-child-new = Créer sa fiche
accounts-registration-child-none = Ne rien faire pour cet enfant
accounts-registration-school = École, pour une fiche créée
accounts-registration-school-none = À préciser plus tard
accounts-registration-accept-button = Accepter et envoyer le lien d’activation
accounts-registration-refuse = Refuser
accounts-registration-reason = Motif
accounts-registration-reason-hint = Il est envoyé à la famille tel quel.
accounts-registration-refuse-button = Refuser et prévenir la famille
accounts-refuse-why = Dites pourquoi : la famille le lira.

# Payers
accounts-payers = Payeurs
accounts-payer-search = Nom du payeur
accounts-payer-new = Nouveau payeur
accounts-payer-for = Pour { $name } : ouvrez un payeur qui existe, ou créez-en un.
accounts-payer-count = { $count ->
    [0] Aucun payeur
    [one] { $count } payeur
   *[other] { $count } payeurs
}
accounts-payer-none = Aucun payeur.
accounts-payer-none-then = Créez-en un depuis la fiche d’un enfant : la période y est déjà proposée.
accounts-payer-name = Nom
accounts-payer-name-hint = Tel qu’il figurera sur les factures.
accounts-payer-kind = Genre
accounts-payer-children = Paie pour
accounts-payer-person = Personne
accounts-payer-organisation = Organisme
accounts-payer-retired = Ne paie plus
accounts-payer-home = Foyer
accounts-payer-home-none = Aucun (organisme)
accounts-payer-home-hint = Le foyer dont cette personne tient la dépense. Un organisme n’en a pas.
accounts-payer-home-missing = Dites de quel foyer est cette personne.
accounts-payer-guardian = Responsable
accounts-payer-guardian-none = Une autre personne
accounts-payer-siret = SIRET
accounts-payer-siret-hint = Pour un organisme : quatorze chiffres.
accounts-payer-siret-wrong = Un numéro SIRET compte quatorze chiffres.
accounts-payer-address = Adresse postale
accounts-payer-email = Adresse électronique des factures
accounts-payer-children-hint = Une ligne par enfant et par période. Sans dernier jour, la période continue.
accounts-payer-period = Période { $nth }
accounts-payer-child = Enfant { $nth }
accounts-payer-child-none = Aucun
accounts-payer-period-add = Ajouter une période
accounts-payer-retire = Ne paie plus
accounts-payer-retire-hint = Il n’est plus proposé ; ce qui est à son nom reste.
accounts-from = Du
accounts-until = Au
accounts-period-backwards = Le dernier jour précède le premier.
accounts-card-no-payer = Aucun payeur n’est indiqué.
accounts-card-add-payer = Indiquer un payeur
accounts-card-period = du { $from } au { $until }
accounts-card-since = depuis le { $from }
accounts-card-custody = Garde et autorité parentale
accounts-card-shared = Garde partagée : aujourd’hui { $today }, dans une semaine { $next }.

# Custody and parental authority
accounts-custody-of = Garde de { $name }
accounts-custody-about = Avec quel foyer l’enfant se trouve chaque jour, et qui décide pour lui. Les réservations d’un jour sont celles du foyer qui l’a ce jour-là.
accounts-custody-one-home = L’enfant n’a qu’un foyer. Pour une garde partagée, ajoutez d’abord l’autre foyer à sa fiche.
accounts-custody-how = Partage des jours
accounts-custody-none = Sans calendrier
accounts-custody-none-hint = Chaque foyer voit et réserve tous les jours.
accounts-custody-weeks = Une semaine sur deux
accounts-custody-choose = Choisir
accounts-custody-first = La semaine commence chez
accounts-custody-second = La semaine d’après, chez
accounts-custody-anchor = Un jour où la semaine du premier commence
accounts-custody-anchor-hint = Le changement se fait ce jour de la semaine.
accounts-custody-holidays = Vacances scolaires
accounts-custody-holidays-weeks = Comme les semaines
accounts-custody-holidays-even = Première moitié au premier foyer les années paires
accounts-custody-holidays-odd = Première moitié au premier foyer les années impaires
accounts-custody-exceptions = Exceptions
accounts-custody-exceptions-hint = La dernière de la liste l’emporte.
accounts-custody-exception = Exception { $nth }
accounts-custody-exception-drop = Retirer
accounts-custody-with = Chez
accounts-custody-authority = Autorité parentale sur cet enfant
accounts-custody-authority-hint = À remplir seulement si elle diffère de ce que dit la fiche du responsable.
accounts-custody-guardian = { $name }, { $home }
accounts-custody-as-file = Comme sur sa fiche : { $authority }
accounts-custody-note = Note
accounts-custody-note-hint = Date du jugement, accord entre les parents… Les familles ne la voient pas.
accounts-custody-preview = Voir les huit semaines
accounts-custody-next = Les huit prochaines semaines
accounts-custody-week = Semaine du
accounts-custody-nobody = Non dit
accounts-custody-same = Choisissez deux foyers différents.

# Files that stand twice
accounts-doubles = Doublons
accounts-doubles-about = Des fiches qui semblent parler du même enfant ou du même foyer. Comparez avant de réunir ; deux vrais homonymes restent deux fiches.
accounts-doubles-count = { $count ->
    [0] Aucune paire
    [one] { $count } paire
   *[other] { $count } paires
}
accounts-doubles-none = Aucune fiche ne semble en double.
accounts-doubles-none-then = Les fiches sont comparées à chaque ouverture de cette page.
accounts-doubles-files = Fiches
accounts-doubles-why = Ce qui se ressemble
accounts-doubles-compare = Comparer
accounts-doubles-compare-of = Comparer les fiches de { $name }
accounts-why-name-and-birth = mêmes nom et date de naissance
accounts-why-name = même nom
accounts-why-email = même adresse électronique
accounts-why-phone = même téléphone
accounts-compare-children = Deux fiches d’un enfant
accounts-compare-households = Deux fiches d’un foyer
accounts-compare-keep = La fiche qui reste
accounts-compare-children-said = Réservations, pointages, foyers, payeurs, garde et informations de santé de l’autre fiche passent à celle-ci. Pour un même jour réservé deux fois, la réservation de la fiche qui reste l’emporte.
accounts-compare-households-said = Responsables, enfants, payeurs et codes de l’autre foyer passent à celui-ci. Chacun garde son identifiant et son mot de passe.
accounts-compare-final = Cela ne peut pas être défait.
accounts-compare-unite = Réunir
accounts-compare-gets-in = a un compte
accounts-compare-booked = Réservations à venir
