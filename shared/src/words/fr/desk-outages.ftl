# Pannes : quand les tablettes ne joignaient pas le serveur, et ce qu’elles ont rendu
outages-title = Pannes
outages-about = Les moments où les tablettes n’ont pas pu joindre le serveur. Elles pointent quand même ; chaque page dit ce qu’elles ont fait pendant ce temps, et si tout est revenu.
outages-none = Aucune panne connue.
outages-none-then = Un arrêt du serveur de cinq minutes ou plus apparaît ici de lui-même, tout comme un retour après incident.
outages-new = Noter une panne
outages-new-hint = Une ligne coupée dans une école, par exemple : le serveur, lui, ne peut pas la voir.
outages-note-it = Noter cette panne
outages-one = Panne du { $from }
outages-edit = Modifier cette panne
outages-change = Modifier
outages-file = Fichier pour tableur
outages-recovery = Voir le retour après incident
outages-site = Site
outages-everywhere = Tous les sites
outages-from-day = Début : jour
outages-from-hour = Début : heure
outages-until-day = Fin : jour
outages-until-hour = Fin : heure
outages-until-hint = Fin : laissez vide tant qu’elle dure.
outages-cause = Ce que c’était
outages-cause-server = Le serveur était arrêté
outages-cause-loss = Perte, puis retour d’une sauvegarde
outages-cause-line = Une ligne coupée
outages-cause-other = Une autre raison
outages-note = Ce qu’on en sait
outages-note-hint = Par exemple : la pelle du chantier, réparée par l’opérateur à 17 h.
outages-source = Revenu de
outages-future = Cette date est à venir.
outages-both = Donnez le jour et l’heure de la fin, ou aucun des deux.
outages-column-from = Début
outages-column-until = Fin
outages-column-length = Durée
outages-column-what = Cause
outages-column-where = Où
outages-going = Elle dure encore
outages-moment = { $day } à { $hour }
outages-at = à { $hour }
outages-at-day = le { $day } à { $hour }
outages-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
outages-hours = { $hours } h { $minutes }
outages-days = { $count } jours
outages-sum-none = Aucun pointage connu n’a été fait hors ligne pendant cette panne.
outages-sum = { $made ->
    [one] { $made } pointage fait pendant la panne
   *[other] { $made } pointages faits pendant la panne
}, { $back ->
    [one] { $back } revenu
   *[other] { $back } revenus
}, le dernier { $last }.
outages-sum-nothing-back = { $made ->
    [one] { $made } pointage fait pendant la panne, pas encore revenu.
   *[other] { $made } pointages faits pendant la panne, aucun n’est encore revenu.
}
outages-complete = Toutes les tablettes concernées se sont manifestées depuis et n’ont plus rien à rendre.
outages-awaited = { $count ->
    [one] Une tablette peut encore en rendre : elle ne s’est pas manifestée depuis, ou dit en garder.
   *[other] { $count } tablettes peuvent encore en rendre : elles ne se sont pas manifestées depuis, ou disent en garder.
}
outages-disk-sum = { $count ->
    [one] { $count } de ces pointages est revenu par le disque perdu, retrouvé depuis.
   *[other] { $count } de ces pointages sont revenus par le disque perdu, retrouvé depuis.
}
outages-disk = { $count ->
    [one] dont { $count } par le disque perdu
   *[other] dont { $count } par le disque perdu
}
outages-by-other = dont { $count } par { $tablet }
outages-tablets = Tablette par tablette
outages-no-tablets = Aucune tablette n’était concernée.
outages-column-tablet = Tablette
outages-column-made = Fait hors ligne
outages-column-back = Revenu
outages-column-owed = Encore sur la tablette
outages-nothing = Rien de connu
outages-taps = { $count ->
    [one] { $count } pointage
   *[other] { $count } pointages
}
outages-span = de { $first } à { $last }
outages-withdrawn = Retirée
outages-not-heard = Pas entendue depuis
outages-heard = Dernier échange : { $at }
outages-never-heard = Aucun échange
outages-about-made = Sont comptés les pointages faits entre le début et la fin, et reçus plus de deux minutes après avoir été faits.
outages-about-loss = Sont comptés tous les pointages faits entre la dernière opération sauvegardée et le retour : le serveur perdu avait pu en recevoir, ils ne comptent que depuis qu’ils sont revenus.
outages-file-made = Pointages faits hors ligne
outages-file-made-first = Premier fait
outages-file-made-last = Dernier fait
outages-file-back-first = Premier revenu
outages-file-back-last = Dernier revenu
outages-file-others = Rendus par d’autres tablettes
outages-file-disk = Rendus par le disque perdu
outages-file-owed = Encore sur la tablette
outages-file-heard = Dernier échange
