# Écarts de pointage.

discrepancy-title = Écarts de pointage
discrepancy-views = Ce qui est montré
discrepancy-view-open = À décider ({ $count })
discrepancy-view-decided = Décidé
discrepancy-sessions = Séances
discrepancy-kinds = Types d’écarts
discrepancy-every-kind = Tous
discrepancy-from = Du
discrepancy-until = Au
discrepancy-site = Site
discrepancy-every-site = Tous les sites
discrepancy-activity = Activité
discrepancy-every-activity = Toutes les activités
discrepancy-left = { $count ->
    [one] Un jour de cette période reste à examiner.
   *[other] { $count } jours de cette période restent à examiner.
}
discrepancy-go-on = Continuer
discrepancy-none = Aucun écart à décider.
discrepancy-none-then = Les pointages de cette période concordent avec les réservations. Élargissez les dates pour remonter plus loin.
discrepancy-none-filtered = Aucun écart ne répond à ces filtres. Retirez-en un pour voir les autres.
discrepancy-bar = Pour les écarts cochés
discrepancy-all = Les { $count } écarts de cette liste, y compris ceux des autres pages
discrepancy-group-count = { $count ->
    [one] 1 écart
   *[other] { $count } écarts
}
discrepancy-list = Toute la liste
discrepancy-no-mark = Aucun pointage.
discrepancy-received = reçu { $at }
discrepancy-does-not-fit = Cette décision ne convient pas à { $count } des { $all } écarts choisis. Filtrez par type, ou décochez-les.
discrepancy-too-many = Choisissez { $most } écarts au plus à la fois : réduisez la période ou filtrez par type.
discrepancy-nothing-chosen = Aucun écart n’est coché. Cochez-en un, ou utilisez le bouton de sa ligne.
discrepancy-moved = La liste a changé depuis que vous l’avez ouverte : un pointage est arrivé, ou quelqu’un a décidé. La voici à jour ; rien n’a été décidé.
discrepancy-just-done = { $count ->
    [one] 1 écart décidé.
   *[other] { $count } écarts décidés.
}
discrepancy-undo = Annuler
discrepancy-undo-lot = { $count ->
    [one] Annuler
   *[other] Annuler les { $count }
}
discrepancy-minimum-service = Service minimum d’accueil

discrepancy-kind-never-closed = Liste jamais fermée
discrepancy-kind-booked-no-mark = Réservé, aucun pointage
discrepancy-kind-not-booked = Présent non réservé
discrepancy-kind-present-and-absent = Présent et absent
discrepancy-kind-out-before-in = Sorti sans être entré
discrepancy-kind-never-left = Jamais sorti
discrepancy-kind-two-sites = Sur deux sites à la fois
discrepancy-kind-after-closing = Sorti après la fermeture
discrepancy-kind-clock-jumped = Heure douteuse
discrepancy-kind-closed-day = Pointé un jour fermé
discrepancy-kind-unknown-child = Enfant inconnu
discrepancy-kind-returned = Rendu après une perte
discrepancy-kind-two-corrections = Deux corrections
discrepancy-kind-two-values = Deux valeurs

discrepancy-decision-confirm = Confirmer
discrepancy-decision-reserve = Créer la réservation
discrepancy-decision-justify = Justifier l’absence
discrepancy-decision-correct = Corriger
discrepancy-decision-attach = Dire qui c’est
discrepancy-decision-ignore = Laisser ainsi
discrepancy-quick-absent = Confirmer l’absence
discrepancy-quick-present = Confirmer la présence
discrepancy-quick-over = C’est terminé
discrepancy-done-confirm = Confirmé
discrepancy-done-reserve = Réservation créée
discrepancy-done-justify = Absence justifiée
discrepancy-done-correct = Corrigé
discrepancy-done-attach = Enfant reconnu
discrepancy-done-ignore = Laissé ainsi
discrepancy-done-undone = Décision annulée : les écarts sont de nouveau à décider.
discrepancy-done-waived = La séance est facturable sans attendre.
discrepancy-done-waits = La séance attend de nouveau d’être complète.

discrepancy-stated-from-until = présent de { $from } à { $until }
discrepancy-stated-from = présent à partir de { $from }
discrepancy-stated-until = présent jusqu’à { $until }
discrepancy-stated-present = présent
discrepancy-stated-absent = absent : { $reason }
discrepancy-booked = Réservé
discrepancy-booked-guest = Envoyé d’un autre site
discrepancy-booked-from = arrivée prévue à { $at }
discrepancy-booked-until = départ prévu à { $at }
discrepancy-closes = Fermeture à { $at }
discrepancy-mark-undone = annulé depuis
discrepancy-mark-stated = heure saisie à la main
discrepancy-mark-doubted = heure douteuse, la tablette indiquait { $clock }
discrepancy-mark-returned = rendu par { $tablet } après une perte
discrepancy-mark-elsewhere = { $site }, { $activity }

discrepancy-what-is-right = Ce qui est exact
discrepancy-was-present = L’enfant était présent
discrepancy-was-present-hint = Donnez les heures si vous les connaissez ; celles qui manquent restent celles de la tablette.
discrepancy-was-absent = L’enfant était absent
discrepancy-was-absent-hint = Donnez le motif.
discrepancy-arrival = Arrivée
discrepancy-departure = Départ
discrepancy-until-before-from = Le départ est avant l’arrivée.
discrepancy-why-absent = Motif de l’absence
discrepancy-note = Note
discrepancy-note-ignore = Dites pourquoi l’écart est laissé ainsi.
discrepancy-decide = { $count ->
    [one] Décider
   *[other] Décider pour { $count } écarts
}
discrepancy-about = { $count ->
    [one] La décision porte sur un écart.
   *[other] La décision porte sur { $count } écarts.
}
discrepancy-more = { $count ->
    [one] et un autre
   *[other] et { $count } autres
}
discrepancy-attach-title = Qui est « { $words } » ?

discrepancy-decided-none = Aucune décision sur cette période.
discrepancy-decided-none-then = Ce que vous décidez apparaît ici et peut être annulé.
discrepancy-lot-lines = Le détail

discrepancy-sessions-lead = Une séance est complète quand rien n’y est à décider et qu’aucune tablette ne lui doit de pointage. Seules les séances complètes sont facturées.
discrepancy-sessions-none = Aucune séance sur cette période.
discrepancy-sessions-none-then = Personne n’était attendu et rien n’a été pointé. Élargissez les dates.
discrepancy-session = Séance
discrepancy-session-booked = Réservés
discrepancy-session-present = Présents
discrepancy-session-state = État
discrepancy-session-open = { $count ->
    [one] 1 écart à décider
   *[other] { $count } écarts à décider
}
discrepancy-complete = Complète
discrepancy-going-on = En cours ou à venir
discrepancy-incomplete = Incomplète
discrepancy-owed-taps = { $count ->
    [one] { $tablet } doit encore un pointage.
   *[other] { $tablet } doit encore { $count } pointages.
}
discrepancy-owed-silent = { $tablet } n’a pas été vue depuis : dernier échange { $since }.
discrepancy-owed-never = { $tablet } n’a pas encore été vue.
discrepancy-owed-loss = { $tablet } n’a pas encore tout rendu après la perte.
discrepancy-waived = Facturable sans attendre : { $reason }
discrepancy-waive = Facturer sans attendre…
discrepancy-waive-end = Attendre de nouveau
discrepancy-waive-title = Facturer sans attendre
discrepancy-waive-end-title = Attendre de nouveau
discrepancy-waive-why = Pourquoi
discrepancy-waive-hint = Votre nom et cette raison restent dans l’historique. Les écarts restent à décider.
discrepancy-waive-save = Rendre facturable

discrepancy-of-list = Décider des écarts de cette liste
