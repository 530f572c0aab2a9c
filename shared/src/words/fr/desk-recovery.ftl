# Retour après un incident

recovery-title = Retour après un incident
recovery-none = Aucun incident.
recovery-none-then = Si le serveur revient un jour d’une sauvegarde, cette page dit ce qui est revenu, ce qui manque encore et ce qu’il reste à décider.
recovery-print = Imprimer le rapport

recovery-cause-restored = Le serveur est revenu d’une sauvegarde. Le pointage et la consultation sont ouverts ; les réservations et le paiement attendent votre décision.
recovery-cause-rebuilt = Il ne restait rien sur le serveur. La commune est reconstruite à partir de sa clé et de ce que gardent les tablettes.
recovery-cause-set-back = Le serveur s’est trouvé plus ancien que ce qui est gardé hors site : il est reparti sur une nouvelle branche.
recovery-fact-began = Début du retour
recovery-fact-source = Revenu de
recovery-fact-restored-to = Dernière écriture revenue
recovery-fact-nothing = Aucune
recovery-fact-branch = Nouvelle branche
recovery-fact-journal = Journal
recovery-fact-journal-at = Écriture n° { $seq }
recovery-fact-withdrawals = Retraits
recovery-withdrawals-read = Relus : ce qui avait été retiré le reste.
recovery-withdrawals-lost = Illisibles : on ne sait pas qui avait été retiré. Seuls les comptes et les tablettes confirmés ci-dessous reçoivent des noms.

recovery-came-back = Ce qui est revenu
recovery-tablets = Sites et tablettes
recovery-no-tablet = Aucune tablette n’est encore connue.
recovery-sum = { $awaited ->
    [0] { $tablets ->
        [one] La tablette n’a plus rien à rendre.
       *[other] Les { $tablets } tablettes n’ont plus rien à rendre.
    }
    [one] Une tablette sur { $tablets } est encore attendue.
   *[other] { $awaited } tablettes sur { $tablets } sont encore attendues.
}
recovery-sum-proposals = { $count ->
    [one] Une réservation à reprendre
   *[other] { $count } réservations à reprendre
}
recovery-of-unknown = { $count ->
    [one] Un pointage d’une tablette inconnue a été apporté par une autre : il est enregistré.
   *[other] { $count } pointages de tablettes inconnues ont été apportés par d’autres : ils sont enregistrés.
}
recovery-aside = { $all ->
    [one] Un envoi mis de côté depuis l’incident
   *[other] { $all } envois mis de côté depuis l’incident
}{ $waiting ->
    [0] , tous examinés.
    [one] , dont un à examiner.
   *[other] , dont { $waiting } à examiner.
}
recovery-column-tablet = Site et tablette
recovery-column-state = État
recovery-column-contact = Dernier contact
recovery-column-marks = Pointages rendus
recovery-column-lists = Listes rendues
recovery-column-agreed = Contenu identique
recovery-marks-others = dont { $count } d’une autre
recovery-agreed = Oui, à l’écriture n° { $seq } ({ $at })
recovery-not-agreed = Pas encore vérifié
recovery-never = Pas vue depuis l’incident
recovery-verdict-all = Tout est revenu
recovery-verdict-new = Mise en service depuis l’incident
recovery-verdict-withdrawn = Retirée
recovery-verdict-waived = On ne l’attend plus : { $reason }
recovery-verdict-comparing = Vue ; comparaison en cours
recovery-verdict-owes = { $count ->
    [one] Doit encore un pointage
   *[other] Doit encore { $count } pointages
}
recovery-verdict-not-seen = Attendue : pas vue depuis l’incident
recovery-site-none = Aucune tablette
recovery-site-all = Tout est revenu
recovery-site-open = { $count ->
    [one] Une tablette attendue
   *[other] { $count } tablettes attendues
}
recovery-waive = Ne plus l’attendre
recovery-waive-this = Ne plus l’attendre : { $tablet }
recovery-waive-of = Ne plus attendre « { $tablet } »
recovery-waive-said = Le rapport et la facturation n’attendront plus cette tablette. Ce qu’elle gardait seule peut être perdu.
recovery-waive-late = Si elle revient quand même, ce qu’elle rend est enregistré comme le reste.
recovery-waive-reason = Pourquoi
recovery-waive-hint = Par exemple : écran cassé, perdue le 12 novembre, effacée par erreur.
recovery-waive-do = Ne plus l’attendre

recovery-unconfirmed = Comptes et tablettes à confirmer
recovery-unconfirmed-lead = Les retraits n’ont pas pu être relus. Confirmez les comptes et les tablettes que vous reconnaissez ; les autres restent dehors. Un compte non confirmé ne peut pas se connecter, une tablette non confirmée rend ses pointages sans recevoir de noms.
recovery-kind-agent = Compte
recovery-kind-device = Tablette
recovery-confirm = Confirmer
recovery-confirm-of = Confirmer { $name }

recovery-proposals = Réservations à reprendre
recovery-proposals-none = Rien à reprendre pour le moment. Les listes que les tablettes rendent sont comparées ici aux réservations.
recovery-proposals-lead = Des listes du jour, signées avant l’incident et rendues par les tablettes, disent autre chose que les réservations revenues. Rien ne change sans vous.
recovery-proposals-moved = D’autres listes sont arrivées, ou quelqu’un a décidé entre-temps. Relisez ce qui reste, puis recommencez. Rien n’a été changé.
recovery-proposals-nothing = Cochez au moins une réservation.
recovery-proposals-more = { $count ->
    [one] Une autre n’est pas affichée ici. « Tout reprendre » la comprend.
   *[other] { $count } autres ne sont pas affichées ici. « Tout reprendre » les comprend.
}
recovery-decided = Décidé depuis
recovery-decided-lead = Quelqu’un a modifié ces réservations après le retour. Elles restent comme elles sont, sauf celles que vous cochez.
recovery-hidden = Peut-être une fermeture
recovery-hidden-lead = Ces enfants n’étaient plus sur la liste, mais une fermeture a pu les en retirer sans rien annuler. Vérifiez auprès du site avant d’annuler.
recovery-group-count = { $count ->
    [one] une réservation
   *[other] { $count } réservations
}
recovery-proof = Preuve : liste de l’écriture n° { $seq }, branche { $branch }, rendue par « { $tablet } » { $at }. Empreinte
recovery-change-made = Réservée
recovery-change-cancelled = Annulée
recovery-change-changed = Modifiée
recovery-lost-child = Fiche absente du serveur : elle est recréée d’après la liste, à compléter.
recovery-lost-name = Enfant inconnu
recovery-detail-sitting = service { $number }
recovery-detail-table = table { $name }
recovery-detail-group = groupe { $name }
recovery-detail-in = arrivée { $at }
recovery-detail-out = départ { $at }
recovery-take-chosen = Reprendre ce qui est coché
recovery-take-all = { $count ->
    [one] Reprendre la réservation
   *[other] Tout reprendre ({ $count })
}

recovery-cards = Fiches à compléter
recovery-cards-count = { $count ->
    [one] Une fiche recréée d’après les tablettes
   *[other] { $count } fiches recréées d’après les tablettes
}
recovery-cards-lead = Les tablettes ne savent pas tout : date de naissance, adresse, autorité parentale, repas des formules restent à vérifier. Une fiche enregistrée par une personne quitte cette liste.
recovery-cards-more = { $count ->
    [one] Et une autre.
   *[other] Et { $count } autres.
}

recovery-services = Ce qui est ouvert
recovery-services-lead = Ouvrez un service à la fois, une fois vérifié ce qui le concerne.

recovery-sign = Signer le rapport
recovery-sign-lead = Signez quand tout est revenu, ou quand vous décidez de ne plus attendre. Le bandeau disparaît ; le rapport reste.
recovery-sign-left = Des tablettes sont encore attendues, ou des réservations restent à reprendre. Vous pouvez signer quand même : dites pourquoi dans la note.
recovery-sign-note = Note
recovery-sign-hint = Ce qui reste manquant, qui a été prévenu, ce qui a été décidé.
recovery-sign-do = Signer le rapport
recovery-signed = Signé { $at } par { $by }
recovery-unsigned = Non signé
recovery-by-host = l’hébergeur
recovery-past = Retours précédents
recovery-paper = Rapport établi le { $at }, écriture n° { $seq } du journal, empreinte { $hash }.
recovery-paper-name = Nom et qualité :
recovery-paper-date = Date :
recovery-paper-hand = Signature :

recovery-banner = Le serveur est revenu d’un incident. Vérifiez ce qui est revenu avant de signer le rapport.
recovery-banner-see = Voir ce qui est revenu
recovery-offsite = La sauvegarde hors site est en échec depuis { $since }. Rien n’est perdu ici, mais un incident le serait : prévenez l’hébergeur.
recovery-done-taken = Réservations reprises.
recovery-done-confirmed = Confirmation enregistrée.
recovery-done-waived = Cette tablette n’est plus attendue.
recovery-done-signed = Rapport signé.
recovery-login-unconfirmed = Après l’incident, ce compte n’est pas encore confirmé. Demandez à un administrateur de le confirmer, ou un nouveau lien à l’hébergeur.
