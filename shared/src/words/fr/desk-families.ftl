# Les enfants et leurs familles
families-title = Enfants
families-search = Nom, téléphone ou courriel
families-school = École
families-class = Classe
families-site = Site
families-all-schools = Toutes
families-all-classes = Toutes
families-all-sites = Tous
families-with-left = Avec ceux qui sont partis
families-import = Importer un fichier
families-new = Nouvel enfant
families-count = { $count ->
    [0] Aucun enfant
    [one] { $count } enfant
   *[other] { $count } enfants
}
families-none = Aucun enfant ne correspond.
families-none-then = Essayez une partie du nom, le nom d’un parent ou quelques chiffres d’un téléphone.
families-child = Enfant
families-place = École et classe
families-guardians = Responsables
families-years = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
families-left = Départ le { $date }

# La fiche
families-edit = Modifier
families-identity = Identité
families-born = Date de naissance
families-reference = Identifiant national (INE)
families-reference-hint = Il distingue deux enfants de mêmes nom et date de naissance.
families-nothing = Non renseigné
families-phone = Téléphone d’urgence
families-must-know = À savoir
families-must-know-hint = Ce que l’équipe doit voir tout de suite : lunettes, trousse dans le bureau…
families-health = Santé
families-health-hint = Montré aux équipes de ses sites après leur code seulement.
families-today = Aujourd’hui
families-today-none = Rien n’a encore été pointé aujourd’hui.
families-family = Famille
families-no-home = Aucun foyer. Ajoutez-en un pour savoir qui appeler.
families-add-home = Ajouter un foyer
families-edit-home = Modifier le foyer
families-edit-home-of = Modifier le foyer : { $name }
families-add-child = Ajouter un enfant
families-add-child-to = Ajouter un enfant à { $name }
families-siblings = Dans le même foyer
families-bookings = Réservations
families-this-week = Cette semaine
families-next-week = La semaine prochaine
families-no-bookings = Aucune réservation.
families-see-bookings = Voir les réservations
families-history = Historique
families-history-made = Fiche créée par { $who }, { $when }.
families-history-imported = Fiche créée par un import de { $who }, { $when }.
families-history-changed = Modifié par { $who }, { $when }.
families-history-changed-by-import = Modifié par un import de { $who }, { $when }.
families-actor-family = la famille
families-actor-agent = un agent
families-actor-host = l’hébergeur

# Modifier un enfant
families-last-name = Nom
families-first-name = Prénom
families-born-later = Cette date est dans l’avenir. Corrigez-la.
families-schooling = École et classe
families-no-class = Aucune
families-no-school = Aucune
families-class-hint = La classe dit aussi l’école.
families-class-elsewhere = Cette classe n’est pas de cette école. Choisissez l’une ou l’autre.
families-left-on = Date de départ
families-left-on-hint = À partir de ce jour, l’enfant n’est plus sur aucune liste.
families-homes = Foyers
families-homes-hint = Décochez un foyer où l’enfant ne vit plus.
families-into-home = L’enfant rejoint le foyer « { $name } ».
families-care = Accueil et santé
families-badges = Badges
families-badge-nth = Badge { $nth }
families-badge-words-nth = Précision du badge { $nth }
families-badge-none = Aucun
families-badge-pai = PAI
families-badge-allergy = Allergie
families-badge-diet = Régime
families-badge-leaves-alone = Part seul
families-badge-forbidden-collector = Personne interdite
families-first-guardian = Premier responsable
families-first-guardian-hint = Laissez vide pour l’ajouter plus tard.
families-symbol = Couleur et symbole
families-symbol-hint = Pour les enfants qui ne disent pas encore leur nom. Sans choix, un symbole leur est donné et ne change plus.
families-symbol-none = Automatique
families-symbol-both = Choisissez une couleur et un symbole, ou ni l’une ni l’autre.
families-colour = Couleur
families-shape = Symbole
families-colour-red = rouge
families-colour-orange = orange
families-colour-yellow = jaune
families-colour-green = vert
families-colour-teal = turquoise
families-colour-blue = bleu
families-colour-purple = violet
families-colour-pink = rose
families-shape-sun = soleil
families-shape-moon = lune
families-shape-star = étoile
families-shape-heart = cœur
families-shape-leaf = feuille
families-shape-tree = sapin
families-shape-flower = fleur
families-shape-apple = pomme
families-shape-cherry = cerise
families-shape-pear = poire
families-shape-fish = poisson
families-shape-bird = oiseau
families-shape-cat = chat
families-shape-snail = escargot
families-shape-butterfly = papillon
families-shape-ladybird = coccinelle
families-shape-boat = bateau
families-shape-car = voiture
families-shape-train = train
families-shape-balloon = ballon
families-shape-umbrella = parapluie
families-shape-house = maison
families-shape-kite = cerf-volant
families-shape-mushroom = champignon

# Modifier un foyer
families-home-of = Famille { $name }
families-home-name = Nom du foyer
families-home-name-hint = Comme on l’appelle au téléphone : « Famille Martin », « Foyer de Mme Roy ».
families-guardian-nth = Responsable { $nth }
families-guardian-phone = Téléphone
families-guardian-email = Courriel
families-guardian-add = Ajouter un responsable
families-guardian-remove = Retirer le responsable { $nth }
families-guardian-remove-hint = Il ne pourra plus voir les enfants de ce foyer.
families-authority = Autorité parentale
families-authority-full = Autorité parentale
families-authority-none = Sans autorité parentale
families-authority-by-judgment = Selon jugement
