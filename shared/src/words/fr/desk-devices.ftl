# Tablettes, envois mis de côté, enfants inconnus

devices-title = Tablettes
devices-add = Ajouter une tablette
devices-none = Aucune tablette n’est en service.
devices-none-then = Ajoutez-en une : vous obtenez un code à taper sur la tablette.
devices-gone = Tablettes retirées
devices-column-tablet = Tablette
devices-column-sites = Sites
devices-column-contact = Dernier contact
devices-column-owed = Pointages en attente
devices-column-version = Version
devices-column-do = Action
devices-since = En service depuis le { $date }
devices-never = Jamais
devices-owed-unknown = Non connu
devices-owed-none = Aucun
devices-owed = { $count ->
    [one] { $count } pointage
   *[other] { $count } pointages
}
devices-owed-hint = Les pointages en attente sont ceux que la tablette gardait encore à son dernier contact.
devices-withdrawn = Retirée le { $at }
devices-revoke = Retirer
devices-revoke-of = Retirer « { $tablet } »
devices-revoke-owed = { $count ->
    [one] À son dernier contact, cette tablette gardait encore { $count } pointage. Si vous le pouvez, faites-la d’abord synchroniser.
   *[other] À son dernier contact, cette tablette gardait encore { $count } pointages. Si vous le pouvez, faites-la d’abord synchroniser.
}
devices-revoke-down = Dès maintenant, elle ne reçoit plus rien : ni listes, ni noms, ni pointages.
devices-revoke-late = Ce qu’elle enverrait encore est gardé dans les envois mis de côté ; une personne décide d’en tenir compte ou non.
devices-revoke-final = Un retrait ne s’annule pas. Pour remettre cette tablette en service, donnez-lui un nouveau code.
devices-revoke-do = Retirer la tablette
devices-back = Retour aux tablettes

devices-code-title = Ajouter une tablette
devices-code-sites = Sites
devices-code-sites-hint = Là où la tablette pointera. Elle ne recevra que leurs listes.
devices-code-sites-none = Choisissez au moins un site.
devices-code-give = Donner un code
devices-code-ready = Code de la nouvelle tablette
devices-code-qr = L’adresse et le code, en code QR
devices-code-step-open = Ouvrez Préau sur la tablette.
devices-code-step-type = Tapez l’adresse et le code ci-dessous. Le code QR contient les deux, pour un appareil qui sait le lire.
devices-code-server = Adresse du serveur
devices-code-code = Code
devices-code-once = Ce code sert une seule fois, jusqu’au { $until }. Il n’est plus affiché quand vous quittez cette page.

devices-aside-do-read = Ouvrez l’envoi : vous y lisez les pointages et décidez d’en tenir compte ou de les laisser de côté.
devices-aside-open = Examiner
devices-aside-taken = Pris en compte
devices-aside-left = Laissé de côté
devices-aside-settled = Envois déjà examinés
devices-aside-title = Envoi de « { $tablet } »
devices-aside-lines = { $count ->
    [one] Un pointage est lisible.
   *[other] { $count } pointages sont lisibles.
}
devices-aside-already = { $count ->
    [0] Aucun n’est encore enregistré.
    [one] Un est déjà enregistré.
   *[other] { $count } sont déjà enregistrés.
}
devices-aside-caption = Pointages lisibles de l’envoi
devices-aside-child = Enfant
devices-aside-said = Pointage
devices-aside-activity = Activité
devices-aside-at = Fait à
devices-aside-state = Enregistré
devices-aside-nobody = Toute la liste, ou enfant inconnu
devices-aside-stored = Déjà
devices-aside-new = Pas encore
devices-aside-unreadable = Aucun pointage de cet envoi n’est lisible.
devices-aside-unreadable-then = Ses octets sont conservés. Comparez la liste du jour avec celle de la tablette, et pointez de nouveau ce qui manque.
devices-aside-take = Prendre en compte
devices-aside-take-hint = Les pointages lisibles entrent dans la liste du jour, au nom de la tablette et à leur heure. Les autres tablettes les reçoivent.
devices-aside-leave = Laisser de côté
devices-aside-leave-hint = Rien ne change dans la liste. L’envoi reste conservé, et cette décision aussi.
devices-aside-not-yours = La décision revient à la direction du site ou à la mairie.
devices-aside-was-taken = Cet envoi a été pris en compte.
devices-aside-was-left = Cet envoi a été laissé de côté.

devices-mark-in = Arrivée
devices-mark-out = Départ
devices-mark-absent = Absence, { $reason }
devices-mark-close = { $count ->
    [0] Liste close
    [one] Liste close, { $count } enfant encore attendu
   *[other] Liste close, { $count } enfants encore attendus
}
devices-mark-reopen = Liste rouverte
devices-mark-correct = Heure corrigée : { $at }
devices-mark-void = Pointage annulé
devices-mark-note = Mémo
devices-mark-welcome = Remplaçant accueilli pour la journée
devices-mark-stranger = Enfant inconnu : { $words }
devices-mark-transfer = Envoyé pour la journée vers { $site }
devices-reason-unjustified = non justifiée
devices-reason-announced = annoncée
devices-reason-illness = maladie
devices-reason-family = raison familiale
devices-reason-school = avec l’école
devices-reason-other = autre raison

devices-unknown-heading = Enfants inconnus
devices-unknown-lead = Ces enfants ont été pointés sans être sur aucune liste. Dites qui ils sont : leurs pointages passent sous leur nom, ici et sur les tablettes.
devices-unknown-words = Noté sur la tablette
devices-unknown-place = Où et quand
devices-unknown-who = Qui est-ce
devices-unknown-open = À reconnaître
devices-unknown-known = C’est { $name }.
devices-unknown-say = Dire qui c’est
devices-unknown-correct = Corriger
devices-unknown-no-words = Sans nom
devices-unknown-title = Qui est « { $words } »
devices-unknown-where = Pointé sans être connu : { $place }.
devices-unknown-search = Nom ou prénom
devices-unknown-find = Chercher
devices-unknown-none = Aucun enfant ne porte ce nom.
devices-unknown-none-then = Essayez les premières lettres du nom ou du prénom, ou créez d’abord sa fiche.
devices-unknown-more = D’autres enfants correspondent. Précisez le nom.
devices-unknown-is = C’est { $name }
devices-unknown-born = né(e) le { $date }

devices-done-withdrawn = La tablette est retirée. Elle ne reçoit plus rien.
devices-done-taken = L’envoi est pris en compte. Ses pointages sont dans la liste du jour.
devices-done-left = L’envoi est laissé de côté. Ses octets restent conservés.
devices-done-recognised = C’est noté. Ses pointages sont désormais sous son nom.
