# What families ask of the town hall.
desk-place-requests = Demandes
desk-home-requests = { $count ->
    [one] Une demande d’une famille attend une réponse.
   *[other] { $count } demandes de familles attendent une réponse.
}
desk-home-requests-see = Répondre
requests-title = Demandes des familles
requests-request = Demande
requests-state = État
requests-kind = Sujet
requests-since = Depuis
requests-all = Toutes
requests-count = { $count ->
    [0] Aucune demande.
    [one] Une demande.
   *[other] { $count } demandes.
}
requests-none = Aucune demande ne répond à ces choix.
requests-open = À traiter
requests-waiting = Attend la famille
requests-done = Traitée
requests-refused = Refusée
requests-to-waiting = Une précision est demandée à la famille
requests-to-done = La demande est traitée
requests-to-refused = La demande est refusée
requests-when = { $day } à { $hour }
requests-note = Noter une demande reçue par téléphone
requests-caller = Nom de la personne qui appelle
requests-nobody = Personne ne porte ce nom. Vérifiez l’orthographe, ou cherchez l’enfant dans « Enfants ».
requests-for = Pour { $name }, qui lira la réponse dans son espace.
requests-in-short = En quelques mots
requests-said = Ce qui est demandé
requests-child = Enfant
requests-no-child = Aucun en particulier
requests-who = Demandée par
requests-household = foyer { $name }
requests-reach = À joindre
requests-family = La famille
requests-file-gone = Une personne qui n’est plus au dossier
requests-by-phone = { $agent }, pour la famille au téléphone
requests-answer = Réponse
requests-answer-hint = La famille la lit dans son espace, sans votre nom.
requests-then = Après cette réponse
requests-send = Répondre
