# Les listes du jour, à l’écran et sur papier
desk-lists-title = Listes du jour
desk-lists-paper-title = Listes à imprimer, { $site }, { $date }
desk-lists-activity = Activité
desk-lists-by = Une page
desk-lists-by-group = par groupe
desk-lists-by-class = par classe
desk-lists-take = Imprimer et enregistrer
desk-lists-print = Version à imprimer
desk-lists-print-week = Toute la semaine
desk-lists-print-all = Toutes les listes du site ce jour
desk-lists-file = Fichier pour tableur
desk-lists-back = Revenir à la liste
desk-lists-paper-help = Une page par groupe, à cocher à la main. Imprimez en noir et blanc, au format A4.
desk-lists-alone-help = Ces listes ont été mises à l’abri par le serveur ; elles s’ouvrent et s’impriment sans lui. Pour imprimer : Ctrl + P, en noir et blanc, au format A4. À recopier sur une tablette ou à la mairie quand le service est revenu.
desk-lists-alone-none = Aucun enfant n’est attendu ce jour sur ce site.
desk-lists-nothing = Aucune activité ce jour.
desk-lists-nothing-then = Choisissez une autre date, une autre activité ou un autre site.
desk-lists-nobody-then = Les enfants apparaissent ici dès qu’une réservation est enregistrée.
desk-lists-no-part = Sans groupe
desk-lists-group = Groupe
desk-lists-class = Classe
desk-lists-school = École
desk-lists-last-name = Nom
desk-lists-first-name = Prénom
desk-lists-seat = Service et table
desk-lists-formula = Formule
desk-lists-in = Arrivée prévue
desk-lists-out = Départ prévu
desk-lists-comes-from = Vient de
desk-lists-goes-to = Va à
desk-lists-phone = Téléphone
desk-lists-standing = Situation
desk-lists-day = Prévu ce jour
desk-lists-number = Numéro
desk-lists-totals = Attendus par groupe ou par classe
desk-lists-total = Total
desk-lists-expected = { $count ->
    [one] { $count } attendu
   *[other] { $count } attendus
}
desk-lists-printed = Imprimé le { $date } à { $at }
desk-lists-away = En sortie : { $words }
desk-lists-away-picnic = En sortie, avec pique-nique : { $words }
desk-lists-free = Peut venir, sans réservation
desk-lists-guest = Vient de { $from } pour la journée
desk-lists-from-until = { $from } – { $until }
desk-lists-from = à partir de { $from }
desk-lists-until = jusqu’à { $until }
desk-lists-unexpected = Enfants inattendus
desk-lists-dash = —
desk-lists-hour = h
desk-lists-signed-by = Nom :
desk-lists-signed-at = Liste close à :
desk-lists-signature = Signature :
desk-lists-destroy = Données personnelles : à jeter ou détruire après la journée.

# Ce que la cuisine prépare
desk-lists-kitchen = Cuisine
desk-lists-order = À commander : { $list }.
desk-lists-no-meal = Aucun repas à commander.
desk-lists-meals = { $count } repas
desk-lists-of-which = dont { $list }
desk-lists-baskets = { $count ->
    [one] { $count } panier
   *[other] { $count } paniers
}
desk-lists-picnics = { $count ->
    [one] { $count } pique-nique
   *[other] { $count } pique-niques
}
desk-lists-meals-free = { $count ->
    [one] Un autre enfant peut venir sans réservation : son repas n’est pas compté.
   *[other] { $count } autres enfants peuvent venir sans réservation : leurs repas ne sont pas comptés.
}
desk-lists-kitchen-diet = régime particulier
desk-lists-kitchen-allergy = avec allergie
desk-lists-kitchen-allergy-of = avec allergie { $text }
