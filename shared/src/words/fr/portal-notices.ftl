# What families are told, and through what.
notices-kind-file-reviewed = Demande sur le dossier traitée
notices-kind-school-changed = Changement d’école ou de classe
notices-kind-recap = Réservations ajoutées ou annulées
notices-kind-closure = Fermeture, grève ou sortie un jour réservé
notices-kind-child-left = Départ de l’enfant
notices-kind-request-answered = Réponse à une demande
notices-kind-news = Actualité publiée
notices-kind-account = Sécurité du compte
notices-kind-other = Nouvelle information
notice-file-reviewed =
    { $state ->
        [refused] Dossier : demande refusée
       *[other] Dossier mis à jour
    }
notice-file-reviewed-text = Votre demande « { $title } » a été traitée.
notice-request-answered =
    { $state ->
        [waiting] Une question vous est posée
       *[other] Réponse à votre demande
    }
notice-request-answered-text = À propos de « { $title } ».
notice-school-changed = { $who } : école ou classe modifiée
notice-school-changed-text =
    { $has_class ->
        [yes] Désormais : { $school }, { $class }.
       *[other] Désormais : { $school }.
    }
notice-recap = Réservations de { $who }
notice-recap-text =
    { $days ->
        [one]
            { $made ->
                [0]
                    { $cancelled ->
                        [one] Une réservation annulée, le { $from }.
                       *[other] { $cancelled } réservations annulées, le { $from }.
                    }
                [one] Une réservation ajoutée, le { $from }.
               *[other] { $made } réservations ajoutées, le { $from }.
            }
       *[other]
            { $made ->
                [0] { $cancelled } réservations annulées, du { $from } au { $until }.
               *[other] { $made } réservations ajoutées, du { $from } au { $until }.
            }
    }
notice-closure =
    { $fate ->
        [back] Réservations rétablies : { $who }
       *[other]
            { $what ->
                [closure] Fermeture : { $who }
                [strike] Grève : { $who }
                [teacher_absent] Enseignant absent : { $who }
               *[other] Sortie : { $who }
            }
    }
notice-closure-text =
    { $fate ->
        [back]
            { $days ->
                [one] La fermeture est levée, le { $from }. Votre réservation est de nouveau valable.
               *[other] La fermeture est levée, du { $from } au { $until }. Vos réservations sont de nouveau valables.
            }
        [cancelled]
            { $days ->
                [one] { $why }, le { $from }. Votre réservation de ce jour-là est annulée, sans frais.
               *[other] { $why }, du { $from } au { $until }. Vos réservations de ces jours-là sont annulées, sans frais.
            }
        [credited]
            { $days ->
                [one] { $why }, le { $from }. Votre réservation de ce jour-là est annulée ; ce qui était payé devient un avoir.
               *[other] { $why }, du { $from } au { $until }. Vos réservations de ces jours-là sont annulées ; ce qui était payé devient un avoir.
            }
       *[other]
            { $what ->
                [closure]
                    { $days ->
                        [one] { $why }, le { $from }. Votre réservation de ce jour-là est suspendue.
                       *[other] { $why }, du { $from } au { $until }. Vos réservations de ces jours-là sont suspendues.
                    }
               *[other]
                    { $days ->
                        [one] { $why }, le { $from }. Une réservation est concernée ce jour-là.
                       *[other] { $why }, du { $from } au { $until }. Des réservations sont concernées.
                    }
            }
    }
notice-child-left = { $who } : départ à { $hour }
notice-news = { $title }
notice-news-text = Une actualité est publiée sur le portail.
notice-account =
    { $what ->
        [password] Mot de passe modifié
        [factor_on] Double authentification activée
        [factor_off] Double authentification retirée
        [identity_on] FranceConnect relié au compte
        [identity_off] FranceConnect retiré du compte
       *[other] Adresse du compte modifiée
    }
notice-account-text = Si ce n’était pas vous, changez votre mot de passe et prévenez l’accueil.
notices-title = Notifications
notices-lead = Tout ce qui vous concerne reste visible dans le fil du portail. Choisissez ici ce qui vous est envoyé en plus. Sans aucune case cochée, rien n’est envoyé.
notices-table = Ce qui vous est envoyé
notices-what = Quoi
notices-by-mail = Par courriel
notices-by-push = Sur l’appareil
notices-by-mail-of = { $kind } : par courriel
notices-by-push-of = { $kind } : sur l’appareil
notices-always = toujours
notices-mail-to = Les courriels vont à { $address }.
notices-mail-nowhere = Aucune adresse électronique n’est dans votre dossier : rien ne peut être envoyé par courriel.
notices-mail-bounces = Les courriels envoyés à { $address } nous reviennent. Corrigez votre adresse.
notices-change-address = Changer d’adresse
notices-more = Autres adresses pour les factures
notices-more-hint = Trois au plus. Elles reçoivent les annonces de factures et de paiements, rien d’autre.
notices-more-one = Adresse { $nth }
notices-save = Enregistrer
notices-saved = Vos choix sont enregistrés.
notices-devices = Appareils
notices-devices-none = Aucun appareil ne reçoit de messages pour l’instant.
notices-devices-need-script = Pour ajouter cet appareil, ouvrez cette page dans un navigateur qui accepte les notifications.
notices-device-here = Recevoir les messages sur cet appareil
notices-device-since = { $name }, depuis le { $since }
notices-device-drop = Retirer
notices-device-dropped = L’appareil ne reçoit plus de messages.
notices-device-unnamed = Un navigateur
notices-device-added = Cet appareil recevra les messages.
notices-device-refused = Ce navigateur n’autorise pas les notifications. Ouvrez ses réglages pour ce site, puis réessayez.
notices-kind-place-offered = Place libérée sur liste d’attente
notice-booked = Réservations de { $who }
notice-booked-made =
    { $made ->
        [one] Une réservation enregistrée.
       *[other] { $made } réservations enregistrées.
    }
notice-booked-cancelled =
    { $cancelled ->
        [one] Une annulation.
       *[other] { $cancelled } annulations.
    }
notice-booked-asked =
    { $asked ->
        [one] Une demande envoyée à l’accueil.
       *[other] { $asked } demandes envoyées à l’accueil.
    }
notice-booked-waiting =
    { $waiting ->
        [one] Une inscription sur liste d’attente.
       *[other] { $waiting } inscriptions sur liste d’attente.
    }
notice-booked-refused =
    { $refused ->
        [one] Une ligne n’a pas pu être prise.
       *[other] { $refused } lignes n’ont pas pu être prises.
    }
notice-booked-when =
    { $days ->
        [one] Le { $from }.
       *[other] Du { $from } au { $until }.
    }
notice-unpaid = Réservations non payées : { $who }
notice-unpaid-text =
    { $days ->
        [one] Le paiement n’est pas arrivé à temps : la réservation du { $from } est rendue.
       *[other] Le paiement n’est pas arrivé à temps : les réservations du { $from } au { $until } sont rendues.
    }
notice-wish-answered =
    { $wish ->
        [yes] Demande acceptée : { $who }
       *[no] Demande refusée : { $who }
    }
notice-wish-answered-text =
    { $count ->
        [one] { $activity }, { $from }.
       *[other] { $count } demandes, du { $from } au { $until }.
    }
notice-wish-said = L’accueil précise : « { $words } »
notice-place =
    { $what ->
        [ended] Place non prise : { $who }
       *[offered] Une place s’est libérée pour { $who }
    }
notice-place-text =
    { $what ->
        [ended] { $activity }, { $day } : la place proposée n’a pas été prise à temps et va à la famille suivante.
       *[offered] { $activity }, { $day }. Elle vous est gardée jusqu’au { $end }.
    }
