# The cart, its recap, what is asked and waited for.
cart-title = Mon panier
cart-empty = Votre panier est vide. Choisissez des jours dans la grille des réservations : rien n’est réservé tant que le panier n’est pas validé.
cart-nothing-yet = Rien n’est encore réservé : tout se décide quand vous validez.
cart-to-grid = Voir mes réservations
cart-to-cart = Revoir le panier
cart-to-wishes = Demandes et listes d’attente
cart-go-on = Continuer à choisir
cart-validate = Valider le panier
cart-empty-it = Vider le panier
cart-total = Total à la validation :
cart-total-asked = Ce qui est demandé ou en attente s’y ajoutera si c’est accepté : { $price }.
cart-total-due = Total dû :
cart-price-none = prix non indiqué
cart-price-with = { $price }, dont { $surcharge } de supplément pour inscription tardive
cart-price-instead = { $price } au lieu de { $base } pour inscription tardive
cart-late-with = Hors délai : dont { $surcharge } de supplément.
cart-late-instead = Hors délai : au lieu de { $base }.
cart-cancel-free = annulation sans frais
cart-cancel-costs = { $price } restent dus
cart-credited = { $price } déjà payés vous sont crédités
cart-pay-until = à payer avant le { $until }, sinon la place est rendue
cart-fate-book = à réserver
cart-fate-request = demande à envoyer à l’accueil
cart-fate-wait = liste d’attente n° { $rank }
cart-fate-cancel = à annuler
cart-fate-request-cancel = demande d’annulation à envoyer
cart-fate-refuse = ne peut pas être pris
cart-request-then = L’accueil répondra ; rien n’est acquis d’ici là.
cart-wait-then = Si une place se libère, elle vous est proposée pour un temps limité.
cart-excused =
    { $days ->
        [one] Rien n’est dû avec un certificat remis le lendemain au plus tard.
       *[other] Rien n’est dû avec un certificat remis dans les { $days } jours.
    }
cart-moved = Le prix a changé : { $now } au lieu de { $before } affichés auparavant.
cart-moves = Sur le site « { $site } », au lieu de « { $before } », où la réservation est annulée.
cart-leaving = Dont { $price } pour la place de « { $before } », annulée hors délai.
cart-brought = Ajouté avec { $name }, qui l’entraîne.
cart-until = À valider au plus tard le { $until }.
cart-held = Place retenue jusqu’à { $until }.
cart-take-out = Retirer du panier : { $what } de { $child }, { $day }
cart-take-out-short = Retirer
cart-some-refused =
    { $count ->
        [one] Une ligne ne peut pas être prise et ne compte pas dans le total. Retirez-la, ou appelez
       *[other] { $count } lignes ne peuvent pas être prises et ne comptent pas dans le total. Retirez-les, ou appelez
    }
cart-trouble-changed = Votre panier a changé depuis que cette page a été ouverte. Relisez-le, puis validez de nouveau. Rien n’a été réservé.
cart-trouble-over = Ce panier a déjà été traité ou n’existe plus. Voici votre panier d’aujourd’hui ; rien d’autre n’a été réservé.
cart-trouble-unreadable = Ce choix n’a pas pu être lu. Rien n’a été changé ; recommencez depuis la grille.
cart-trouble-not-yours = Ce choix ne concerne aucun de vos enfants. Rien n’a été changé.
cart-trouble-full = Le panier contient déjà le nombre maximal de lignes. Validez-le, puis continuez.
cart-trouble-nothing = Rien de ce panier n’a pu être pris : aucune réservation n’a changé. Chaque ligne dit pourquoi.
cart-shut = La réservation en ligne est fermée.
cart-shut-since = La réservation en ligne est fermée depuis le { $since }.
cart-shut-kept = Votre panier est gardé. Il pourra être validé à la réouverture, selon les places et les dates limites du moment.
cart-shut-met = Votre panier n’a pas été validé : rien n’est réservé. Il est gardé tel quel, mais les places retenues ne le sont que jusqu’à l’heure indiquée.
cart-shut-gone = Rien n’est réservé. Le panier que vous validiez n’existe plus : à la réouverture, choisissez de nouveau.
cart-formula = { $activity } ({ $formula })
cart-price-was = Le prix est de { $now } et non de { $before } : la ligne reste dans votre panier avec le nouveau prix.
cart-price-unseen = Le prix est de { $now } et ne vous avait pas été montré : la ligne reste dans votre panier.
cart-recap = Récapitulatif
cart-recap-by-web = Validé sur le portail le { $when }.
cart-recap-by-town = Enregistré par l’accueil, pour vous, le { $when }.
cart-recap-all = Tout est pris en compte.
cart-recap-partly = Une partie n’a pas pu être prise en compte.
cart-recap-nothing = Rien n’a pu être pris en compte : aucune réservation n’a changé.
cart-recap-beyond = L’accueil a fait une exception à une règle de réservation.
cart-recap-added = Ajouté
cart-recap-changed = Changé de formule ou de lieu
cart-recap-removed = Annulé
cart-recap-requested = Demandé à l’accueil
cart-recap-cancel-requested = Annulation demandée à l’accueil
cart-recap-waiting = En liste d’attente
cart-recap-refused = Refusé
cart-recap-line = { $child } : { $what }, { $day }
cart-recap-rank = n° { $rank } à ce jour
cart-recap-call = Pour ce qui est refusé, appelez
cart-recap-mailed = Ce récapitulatif est envoyé à { $address }.
cart-letter = Récapitulatif de vos réservations ({ $commune })
cart-letter-web = Voici ce qu’est devenu votre panier, validé le { $when }.
cart-letter-town = Voici ce que votre { $label } a enregistré pour vous le { $when }.
cart-letter-total = Total dû : { $total }
cart-letter-link = Voir le récapitulatif
cart-wishes = Demandes et listes d’attente
cart-wishes-none = Aucune demande en cours et aucune attente.
cart-wishes-offers = Places proposées
cart-wishes-open = En cours
cart-wishes-over = Terminées
cart-wishes-overtaken = La demande a changé entre-temps : voici où elle en est. Rien d’autre n’a été fait.
cart-wishes-call = Une question sur une demande ? Appelez
cart-wish-open = Demande en cours
cart-wish-offered = Place proposée
cart-wish-accepted = Acceptée
cart-wish-refused = Refusée
cart-wish-withdrawn = Retirée
cart-wish-ended = Terminée
cart-wish-add = Réservation demandée
cart-wish-cancel = Annulation demandée
cart-wish-wait = En liste d’attente depuis
cart-wish-since = { $kind } le { $since }
cart-wish-until = Place gardée jusqu’au { $until } ({ $left }).
cart-wish-left-hours =
    { $hours ->
        [one] encore une heure
       *[other] encore { $hours } heures
    }
cart-wish-left-minutes =
    { $minutes ->
        [0] moins d’une minute
        [one] encore une minute
       *[other] encore { $minutes } minutes
    }
cart-wish-take = Prendre la place
cart-wish-withdraw = Retirer
cart-wish-of = { $what } de { $child }, { $day }
cart-done-wish-withdrawn = La demande est retirée.
cart-done-in = C’est dans votre panier. Rien n’est réservé avant la validation.
cart-done-lost = Votre session avait pris fin : ce que vous veniez de choisir n’a pas été gardé, et rien n’a changé. Choisissez-le de nouveau.
cart-done-out = La ligne est retirée du panier.
cart-done-emptied = Le panier est vidé.
cart-done-taken = La place est dans votre panier : validez-le avant l’heure indiquée.
