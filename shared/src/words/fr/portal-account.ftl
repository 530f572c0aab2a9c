# The account, its history and its end.
account-none = Non renseigné
account-login = Identifiant
account-login-then = Il vous sert à vous connecter. Pour en changer, demandez à votre { $label } : un message sera envoyé à la nouvelle adresse pour la vérifier.
account-email = Adresse de contact
account-phone = Téléphone
account-contact = Contact
account-contact-then = Votre adresse électronique et votre téléphone
account-notices = Notifications
account-notices-then = Ce que vous recevez, et par quel moyen
account-password = Mot de passe
account-password-then = En choisir un autre
account-factor = Double authentification
account-factor-then = Un code de votre téléphone à chaque connexion
account-sessions = Appareils connectés
account-sessions-then = Les voir et les déconnecter
account-identity = FranceConnect
account-identity-then = Vous connecter sans mot de passe d’ici
account-history = Historique
account-history-then = Toutes les actions, avec leur date et leur origine
account-data = Mes données
account-data-then = En télécharger une copie
account-delete = Supprimer mon compte
account-delete-then = Ce que vous perdez, et comment faire
account-done-contact = Téléphone enregistré.
account-done-address = Un message est parti vers la nouvelle adresse. Ouvrez son lien : l’adresse sera prise à ce moment-là.
account-done-tied = Votre identité FranceConnect est liée à ce compte.
account-done-untied = Votre identité FranceConnect n’est plus liée à ce compte.
account-phone-hint = Comme 06 39 98 12 34. Laissez vide pour le retirer.
account-email-stands = Adresse actuelle : { $email }.
account-email-none = Aucune adresse n’est enregistrée.
account-new-email = Nouvelle adresse
account-new-email-hint = Un message y est envoyé. Son lien vaut { $days } jours ; l’adresse ne change qu’une fois ce lien ouvert.
account-email-send = Envoyer le message
account-email-same = C’est déjà votre adresse.
account-data-what = Vous recevez un dossier compressé : une page à lire et un fichier pour les logiciels (JSON). Il contient votre compte, votre foyer, vos enfants, leurs réservations, vos demandes, ce qui vous a été envoyé et votre historique.
account-data-care = Il contient des données personnelles : gardez-le en lieu sûr. Ce téléchargement est noté dans votre historique.
account-data-take = Télécharger mes données
account-copy-title = Données de { $person } – { $commune }
account-copy-made = Copie faite le { $when }.
account-copy-nothing = Rien.
account-copy-account = Compte
account-copy-household = Foyer
account-copy-children = Enfants
account-copy-bookings = Réservations
account-copy-requests = Demandes
account-copy-notices = Fil
account-copy-letters = Messages envoyés
account-copy-choices = Choix de notifications
account-copy-accepted = Textes acceptés
account-copy-history = Historique
account-copy-name = Nom
account-copy-activated = Compte ouvert
account-copy-factor = Double authentification
account-copy-identity = FranceConnect
account-copy-yes = Oui
account-copy-no = Non
account-copy-cancelled = annulée
account-copy-mail = courriel
account-copy-push = téléphone ou ordinateur
account-copy-born = Né(e) le { $day }
account-delete-lost = Supprimer votre compte, c’est perdre :
account-delete-lost-login = votre identifiant, votre mot de passe et la double authentification ;
account-delete-lost-notices = vos choix de notifications et les appareils qui en reçoivent ;
account-delete-lost-access = l’accès à vos réservations, à vos factures et à vos demandes sur ce portail.
account-delete-restore = { $days ->
    [0] Vous ne pourrez pas revenir en arrière, et votre { $label } non plus.
    [1] Vous ne pourrez pas revenir en arrière. Votre { $label } peut rétablir le compte pendant un jour.
   *[other] Vous ne pourrez pas revenir en arrière. Votre { $label } peut rétablir le compte pendant { $days } jours.
}
account-delete-kept = Le dossier de vos enfants, leurs réservations et vos factures restent enregistrés : votre { $label } en a besoin pour accueillir vos enfants.
account-delete-word = Tapez { $word } pour confirmer
account-delete-do = Supprimer mon compte
account-deleted = Compte supprimé
account-deleted-then = Votre compte est supprimé et tous vos appareils sont déconnectés. Un message vous le confirme.
account-identity-tied = Une identité FranceConnect est liée à ce compte : elle suffit pour vous connecter.
account-identity-none = Liez votre identité FranceConnect à ce compte : elle suffira ensuite pour vous connecter. Vous serez conduit chez FranceConnect, puis ramené ici.
account-identity-tie = Lier avec FranceConnect
account-identity-untie = Délier
account-tie = Lier cette identité
account-tie-name = FranceConnect indique : { $name }. Cette identité ouvrira votre compte.
account-tie-password = Votre mot de passe actuel
account-tie-password-hint = Il confirme que c’est bien vous qui liez cette identité.
account-tie-do = Lier à mon compte
account-tie-wrong = Ce n’est pas le mot de passe de ce compte.
account-tie-stale = Cette demande est trop ancienne. Recommencez depuis la page FranceConnect de votre compte.
history-since = Actions depuis le { $day }, les plus récentes d’abord.
history-kinds = Choisir un genre d’action
history-kind-all = Tout
history-kind-account = Compte
history-kind-bookings = Réservations
history-kind-presence = Présences
history-kind-file = Dossier
history-kind-requests = Demandes
history-behind = Des actions récentes sont encore en train d’être relues. Rechargez la page dans une minute.
history-empty = Aucune action à montrer.
history-older = Actions plus anciennes
history-newest = Actions les plus récentes
history-by-you = web, par vous
history-by-other = web, par { $name }
history-by-portal = web
history-by-town = { $label }
history-by-phone = téléphone ({ $label })
history-by-tablet = tablette
history-by-server = serveur
history-in-password = Connexion avec mot de passe
history-in-factor = Connexion avec mot de passe et code du téléphone
history-in-recovery = Connexion avec un code de secours
history-in-franceconnect = Connexion avec FranceConnect
history-in-link = Connexion par le lien reçu
history-password = Mot de passe choisi
history-link-activate = Lien d’activation envoyé à { $to }
history-link-reset = Lien envoyé à { $to } pour choisir un autre mot de passe
history-link-login = Lien envoyé à { $to } pour vérifier un nouvel identifiant
history-link-contact = Lien envoyé à { $to } pour vérifier une nouvelle adresse
history-address = Adresse vérifiée
history-factor = Double authentification activée
history-factor-off = Double authentification désactivée
history-identity = Identité FranceConnect liée
history-identity-off = Identité FranceConnect déliée
history-contact = Coordonnées modifiées
history-deleted = Compte supprimé
history-restored = Compte rétabli
history-forgotten = Accès au compte effacé, le délai étant passé
history-choices = Choix de notifications modifiés
history-messages = Notifications activées sur un appareil
history-messages-off = Notifications désactivées sur un appareil
history-accepted = Texte accepté
history-seen-as = Consultation du portail tel que vous le voyez
history-exported = Copie des données téléchargée
history-codes = Codes sur papier donnés
history-household = Fiche du foyer modifiée
history-child = Fiche de { $child } modifiée
history-custody = Garde de { $child } modifiée
history-payer = Payeur modifié
history-merged = Fiches réunies
history-registered = Inscription acceptée
history-asked = Demande envoyée : { $title }
history-answered = Réponse à une demande
history-reserved = Réservation pour { $child } : { $what }, { $when }
history-cancelled = Annulation pour { $child } : { $what }, { $when }
history-booking-asked = Réservation demandée pour { $child } : { $what }, { $when }
history-booking-waits = Inscription sur liste d’attente pour { $child } : { $what }, { $when }
history-booking-cancel-asked = Annulation demandée pour { $child } : { $what }, { $when }
history-booking-refused = Réservation ou annulation refusée pour { $child } : { $what }, { $when }
history-booking-accepted = Demande acceptée pour { $child } : { $what }, { $when }
history-booking-declined = Demande refusée pour { $child } : { $what }, { $when }
history-booking-withdrawn = Demande retirée pour { $child } : { $what }, { $when }
history-booking-offered = Place proposée à { $child } : { $what }, { $when }
history-booking-ended = Attente ou proposition terminée pour { $child } : { $what }, { $when }
history-booking-waived = Supplément ou frais d’annulation non comptés pour { $child } : { $what }, { $when }
history-booking-paid = Paiement noté pour { $child } : { $what }, { $when }
history-booking-restored = Somme de nouveau due pour { $child } : { $what }, { $when }
history-booking-given-back = Réservation rendue faute de paiement pour { $child } : { $what }, { $when }
history-closure =
    { $fate ->
        [back]
            { $days ->
                [one] Fermeture levée : réservations de { $who } rétablies, le { $from }
               *[other] Fermeture levée : réservations de { $who } rétablies, du { $from } au { $until }
            }
        [cancelled]
            { $days ->
                [one] { $why } : réservations de { $who } annulées sans frais, le { $from }
               *[other] { $why } : réservations de { $who } annulées sans frais, du { $from } au { $until }
            }
        [credited]
            { $days ->
                [one] { $why } : réservations de { $who } annulées, ce qui était payé devient un avoir, le { $from }
               *[other] { $why } : réservations de { $who } annulées, ce qui était payé devient un avoir, du { $from } au { $until }
            }
       *[other]
            { $what ->
                [closure]
                    { $days ->
                        [one] { $why } : réservations de { $who } suspendues, le { $from }
                       *[other] { $why } : réservations de { $who } suspendues, du { $from } au { $until }
                    }
               *[other]
                    { $days ->
                        [one] { $why } : { $who }, le { $from }
                       *[other] { $why } : { $who }, du { $from } au { $until }
                    }
            }
    }
history-facts = Informations du foyer pour la réservation modifiées
history-documents = Pièces de { $child } mises à jour
history-taken-back = Réservations de { $child } reprises après un incident
history-in = Arrivée de { $child } : { $what }, { $when }
history-out = Départ de { $child } : { $what }, { $when }
history-absent = Absence de { $child } : { $what }, { $when }
history-noted = Pointage de { $child } : { $what }
history-attached = Pointages rattachés à { $child }
history-settled = Écart de pointage réglé pour { $child }, { $when }
history-days = { $count } jours, du { $first } au { $last }
history-moment = { $day } à { $hour }
