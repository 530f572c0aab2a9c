# Rules of booking in words: why something cannot be booked, and what a town's rules say.
booking-call = Appelez l’accueil au { $phone }.
booking-call-us = Contactez l’accueil.
booking-rule = Règle : « { $words } ».
booking-deadline = Trop tard : la date limite était fixée au { $at }.
booking-deadline-on-line = Trop tard en ligne : la date limite était fixée au { $at }.
booking-deadline-unknown = La date limite ne peut pas être calculée : le calendrier n’est pas connu.
booking-not-yet = Les réservations ouvriront le { $at }.
booking-not-yet-unknown = Les réservations ne sont pas encore ouvertes.
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
booking-needs-this = Va seulement avec { $name } le même jour. Réservez aussi { $name }.
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
booking-past = Ce jour est passé.
booking-not-on-line = Ne se réserve pas en ligne.
booking-final = Une fois achetée, cette réservation ne s’annule plus.
booking-with = Refusé, car ce qui va avec n’a pas pu être réservé.
booking-with-this = Refusé, car { $name } va avec et n’a pas pu être réservé.
