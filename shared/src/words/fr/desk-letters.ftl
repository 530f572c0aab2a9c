# Letters, at the desk.
letters-title = Courriels aux familles
letters-about = Ce que le portail envoie : activations, mots de passe, avis. Un courriel part tout seul, puis une réponse du serveur de courrier dit ce qu’il est devenu.
letters-no-server = Aucun serveur de courrier n’est indiqué sur cette installation : les courriels attendent, aucun n’est perdu. Prévenez l’hébergeur.
letters-oldest = Le plus ancien attend depuis { $since }.
letters-tabs = Courriels par état
letters-queued = En attente
letters-queued-about = Ils partiront dès que le serveur de courrier les prendra.
letters-held = À décider
letters-held-about = Ces courriels datent d’avant une restauration ou une fusion. Certains sont peut-être déjà partis : rien n’est renvoyé sans votre accord.
letters-bounced = Revenus
letters-bounced-about = L’adresse ne reçoit pas. Corrigez-la dans la fiche du responsable, puis renvoyez ce qui manque.
letters-given-up = Abandonnés
letters-given-up-about = Refusés par le serveur de courrier, ou essayés pendant trois jours sans succès.
letters-sent = Partis
letters-sent-about = Le serveur de courrier les a pris.
letters-dropped = Écartés
letters-dropped-about = Ils ne partiront pas.
letters-search = Adresse ou nom
letters-none = Aucun courriel ici.
letters-next = Plus anciens
letters-choose = Choisir
letters-choose-one = Choisir le courriel à { $to }
letters-to = À
letters-what = Courriel
letters-since = Demandé
letters-detail = Précision
letters-release = Envoyer ceux choisis
letters-release-all = Tout envoyer
letters-drop = Écarter ceux choisis
letters-drop-all = Tout écarter
letters-none-chosen = Choisissez au moins un courriel.
letters-tries =
    { $count ->
        [one] un essai
       *[other] { $count } essais
    }
letters-detail-lost = le lien a été perdu avec une machine, à redemander
letters-detail-past = le lien n’était plus valable
letters-detail-untold = ce qu’il annonçait n’existe plus
letters-detail-returned = revenu d’une perte
letters-detail-desk = écarté par un agent
letters-kind-notice = Avis
letters-kind-activation = Activation du compte
letters-kind-reset = Mot de passe
letters-kind-login = Nouvel identifiant
letters-kind-contact = Nouvelle adresse
letters-kind-no-account = Adresse sans compte
letters-kind-registered = Inscription reçue
letters-kind-refused = Inscription refusée
letters-kind-codes = Codes
letters-kind-deleted = Compte supprimé
letters-kind-agent = Accès d’un agent
letters-kind-booked = Récapitulatif de réservation
