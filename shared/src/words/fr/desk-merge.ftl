# Une histoire retrouvée

merge-kind-marks = Pointages
merge-kind-reserve = Réservations
merge-kind-cancel = Annulations
merge-kind-child = Fiches d’enfants
merge-kind-household = Foyers et responsables
merge-kind-staff = Équipes
merge-kind-structure = Écoles, sites et activités
merge-kind-calendar = Calendrier
merge-kind-agents = Agents
merge-kind-guardians = Accès des familles
merge-kind-tablets = Mises en service de tablettes
merge-kind-aside = Envois mis de côté
merge-kind-withdrawals = Retraits
merge-kind-lists = Listes rendues par les tablettes
merge-kind-discrepancies = Écarts de pointage
merge-kind-incidents = Points de situation
merge-kind-other = Opérations du serveur

merge-broke = La fusion s’est arrêtée sur un défaut du programme. Ce qui a été repris le reste ; relancez-la, rien ne sera repris deux fois.

merge-title = Histoire retrouvée
merge-lead = Un disque, un instantané ou une sauvegarde contient encore des opérations qui manquent ici : elles sont relues, prouvées une à une et réunies à la collectivité pendant qu’elle continue.

merge-run = Lecture ou fusion en cours : { $name }
merge-run-see = Voir où elle en est

merge-open = { $count ->
    [one] Une opération à trancher
   *[other] { $count } opérations à trancher
}
merge-open-lead = Ce qui a été retrouvé ne dit pas la même chose que ce qui est là aujourd’hui. Rien ne change avant votre choix.
merge-open-troubles = { $count ->
    [one] Un choix n’a pas pu être écrit : la raison est indiquée sous l’opération.
   *[other] { $count } choix n’ont pas pu être écrits : la raison est indiquée sous chaque opération.
}
merge-open-more = { $count ->
    [one] Et une autre opération.
   *[other] Et { $count } autres opérations.
}
merge-open-made = Faite { $made }, par { $who }
merge-group = { $kind } ({ $count })
merge-side-field = Champ
merge-side-here = Aujourd’hui
merge-side-found = Retrouvé
merge-nothing-said = Rien
merge-keep = Garder l’actuel
merge-take = Prendre le retrouvé
merge-keep-ticked = Garder l’actuel pour les opérations cochées
merge-take-ticked = Prendre le retrouvé pour les opérations cochées
merge-keep-all = Garder l’actuel pour les { $count }
merge-note = Note (facultatif)
merge-waits = Une opération plus ancienne sur le même sujet est à trancher d’abord.
merge-choose = Cochez au moins une opération.

merge-families = Familles à prévenir
merge-families-count = { $count ->
    [one] Une opération réunie concerne des réservations.
   *[other] { $count } opérations réunies concernent des réservations.
}
merge-families-mail = Aucun message n’est envoyé : à vous de prévenir.
merge-families-see = Voir la liste
merge-families-lead = Réservations faites ou annulées par la fusion.
merge-families-none = Aucune famille à prévenir.
merge-families-more = { $count ->
    [one] Et une autre opération, plus ancienne.
   *[other] Et { $count } autres opérations, plus anciennes.
}
merge-tell-made = Réservé
merge-tell-cancelled = Annulé
merge-nameless = Enfant inconnu

merge-sources = Trouvé par le serveur
merge-sources-lead = La lecture ne change rien : vous verrez d’abord ce qui manque.
merge-sources-none = Aucun stockage mis à l’écart sur ce serveur, et pas de sauvegarde hors site réglée.
merge-source-aside = Stockage mis à l’écart
merge-source-offsite = Sauvegarde hors site
merge-source-read = Lire ce qui manque

merge-upload = Envoyer un fichier
merge-upload-lead = Un instantané, ou le fichier { $slug }.db du disque retrouvé, même abîmé. Il est effacé du serveur après usage.
merge-file = Fichier retrouvé
merge-file-hint = { $gb } Go au plus. Au-delà, ou si le disque est monté sur le serveur : preau-server merge.
merge-file-send = Envoyer et lire
merge-file-missing = Choisissez un fichier.
merge-file-too-large = Ce fichier est trop gros pour être envoyé ainsi : copiez-le sur le serveur, puis « preau-server merge ».
merge-file-unwritable = Le serveur n’a pas pu garder ce fichier (disque plein ?). Rien n’a changé.

merge-listed = Dites, jamais réunies
merge-listed-lead = Connexions, codes, mises en service, travaux du serveur : elles n’ont plus d’effet utile aujourd’hui.
merge-listed-count = { $count ->
    [one] Une opération
   *[other] { $count } opérations
}
merge-listed-more = { $count ->
    [one] Et une autre, plus ancienne.
   *[other] Et { $count } autres, plus anciennes.
}
merge-listed-made = { $made }, par { $who }

merge-past = Fusions
merge-past-line = { $count ->
    [one] Une opération manquait. Demandée par { $who }.
   *[other] { $count } opérations manquaient. Demandée par { $who }.
}

merge-stage-reading = Lecture en cours
merge-stage-read = Ce qui manque ici
merge-stage-merging = Fusion en cours
merge-stage-merged = Fusion faite
merge-stage-stopped = La fusion n’a pas pu aller plus loin
merge-reading = La source est lue et chaque opération prouvée. Rien n’est écrit.
merge-merging = { $done } opérations sur { $all } sont traitées. Tablettes et mairie continuent.
merge-goes-on = Vous pouvez quitter cette page : le travail continue sans elle.
merge-again = Où en est-on ?
merge-back = Revenir aux fusions
merge-problems = À savoir
merge-nothing = Rien ne manque.
merge-nothing-then = Tout ce que contient cette source est déjà ici, ou a déjà été réuni.
merge-would = { $count ->
    [one] Une opération de cette source manque ici.
   *[other] { $count } opérations de cette source manquent ici.
}
merge-then-settle = À trancher après la fusion
merge-do = Réunir
merge-do-lead = Réunir deux fois la même source ne change rien la seconde fois.
merge-leave = Laisser tel quel
merge-merged = { $count ->
    [0] C’est fait. Aucune opération n’a été reprise telle quelle.
    [one] Une opération a été reprise.
   *[other] { $count } opérations ont été reprises.
}
merge-settle-now = { $count ->
    [one] Trancher l’opération qui reste
   *[other] Trancher les { $count } opérations qui restent
}
merge-column-caption = Ce que devient chaque sorte d’opération
merge-column-kind = Sorte
merge-column-applied = Reprises
merge-column-there = Déjà là
merge-column-settle = À trancher
merge-column-listed = Dites
merge-column-all = Total
merge-earlier = { $count ->
    [one] Une avait été traitée par une fusion précédente.
   *[other] { $count } avaient été traitées par une fusion précédente.
}
merge-run-gone = Cette lecture n’est plus gardée par ce serveur. Recommencez-la : ce qui a été réuni l’est.
merge-done-settled = Votre choix est écrit.
merge-recovery-link = Un disque ou une sauvegarde a été retrouvé ? Réunir ce qui manque
desk-place-merge = { $count ->
   *[other] À trancher ({ $count })
}
