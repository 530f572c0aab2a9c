# What anybody may read.
page-unopened = Pas encore ouvert
page-unopened-then = Cette rubrique n’est pas encore ouverte. En attendant, adressez-vous à l’accueil.
page-contact-title = Nous joindre
page-contact-phone = Téléphone : { $phone }
page-contact-email = Courriel : { $email }
page-contact-none = Les coordonnées de l’accueil ne sont pas encore publiées ici.
page-tariffs = Tarifs
page-rules = Règlement intérieur
page-legal = Mentions légales
page-conditions = Conditions d’utilisation
page-accessibility = Accessibilité : non conforme
page-help = Aide
page-privacy = Données personnelles
page-edition = Édition { $edition }, en vigueur depuis le { $day }
page-since = Publié le { $day }
page-accept = J’ai lu ce texte et je l’accepte
page-accept-done = Votre accord est enregistré.
page-accept-lead = Votre accord est attendu. La date en est gardée ; chaque responsable donne le sien.
page-accept-log-in = Les familles acceptent ce texte une fois connectées.
page-accepted = Vous avez accepté cette édition le { $day }.
page-default-tariffs = Les tarifs ne sont pas encore publiés ici. Demandez-les à l’accueil.
page-default-rules = Le règlement intérieur n’est pas encore publié ici. Demandez-le à l’accueil.
page-default-legal =
    Texte type : la collectivité ne l’a pas encore complété.

    # Éditeur
    Ce portail est édité par { $commune }. Le directeur de la publication est son représentant légal.

    # Hébergement
    Le nom et l’adresse de l’hébergeur sont à demander à l’accueil, tant qu’ils ne figurent pas ici.

    # Logiciel
    Le portail fonctionne avec Préau.
page-default-conditions =
    Texte type : la collectivité ne l’a pas encore complété.

    { $commune } met ce portail à la disposition des familles dont un enfant est accueilli. Il est gratuit.

    - Le compte est personnel : chaque responsable a le sien, et n’en donne le mot de passe à personne.
    - Ce que vous faites sur le portail est noté avec sa date. Vous retrouvez cet historique dans « Mon compte ».
    - Si le portail est en panne, l’accueil prend vos demandes par les autres moyens indiqués ici. L’état du service reste lisible sans se connecter.
    - Vous pouvez supprimer votre compte à tout moment. La page dit ce qui est perdu.
page-default-accessibility =
    { $commune } s’engage à rendre ce portail accessible, selon l’article 47 de la loi n° 2005-102 du 11 février 2005.

    # État de conformité
    Ce portail n’a pas encore été audité selon le RGAA. Faute d’audit, il est déclaré **non conforme**.

    # Ce qui est vérifié à chaque version
    - Un contrôle automatique passe sur les pages principales.
    - Les pages se lisent et les formulaires se remplissent sans script, au clavier seul, et à 200 % de zoom.
    - Le contraste de la couleur choisie par la collectivité est calculé, et corrigé s’il ne suffit pas.

    Un contrôle automatique ne trouve pas tout : il ne remplace pas un audit.

    # Signaler une difficulté
    Si une page vous arrête, dites-le à l’accueil : il vous donne l’information ou fait la démarche avec vous.

    # Voies de recours
    Si vous n’obtenez pas de réponse, vous pouvez saisir le [Défenseur des droits](https://www.defenseurdesdroits.fr/).
page-default-privacy =
    Texte type : la collectivité ne l’a pas encore complété.

    # Qui est responsable
    { $commune } est responsable de ce qui est fait de ces données, pour accueillir les enfants, tenir les présences et facturer.

    # Ce qui est gardé
    - L’identité et les coordonnées des responsables, et qui peut venir chercher l’enfant.
    - Les enfants, leur classe, leurs réservations et leurs présences.
    - Ce qu’il faut savoir de leur santé pour les accueillir. Seuls les agents qui en ont besoin le voient.
    - L’historique de ce que vous faites sur le portail.

    # Cookies
    Le portail n’utilise que les cookies nécessaires pour rester connecté et protéger les formulaires. Il ne mesure pas votre audience et ne charge rien d’un autre site.

    # Vos droits
    Vous pouvez demander à consulter, corriger, effacer ou emporter ces données, et limiter ce qui en est fait. Dans « Mon compte », vous pouvez en télécharger une copie. Pour le reste, adressez-vous à l’accueil.

    Si la réponse ne vous satisfait pas, vous pouvez saisir la [CNIL](https://www.cnil.fr/fr/plaintes).
help-contents = Parties de l’aide
help-log-in-title = Se connecter
help-home =
    Avant de vous connecter, l’accueil mène à ce que chacun peut lire : actualités, menus, tarifs, règlement, état du service. Une fois connecté, il montre ce qui est attendu de vous, ce qui s’est passé, et les prochains jours de chaque enfant.
help-log-in =
    - **Première fois, avec un courriel de la collectivité** : ouvrez le lien qu’il contient, puis choisissez un mot de passe. Le lien sert une seule fois.
    - **Première fois, avec des codes sur papier** : tapez le code enfant et le code payeur d’un seul de vos enfants. Votre compte s’ouvre avec tous les enfants de votre foyer.
    - **Mot de passe oublié** : demandez un lien sur la page de connexion. Il arrive à l’adresse que la collectivité connaît.

    Après plusieurs essais manqués, il faut attendre un quart d’heure. Si rien n’arrive, regardez dans les courriers indésirables, puis appelez l’accueil.
help-bookings =
    Ici se trouvent les jours où vos enfants sont attendus. Un jour barré ou fermé dit pourquoi. Pour ce qui ne peut pas se faire en ligne, appelez l’accueil.
help-bills =
    Ici se trouvent vos factures et leur état, dès que la collectivité ouvre cette rubrique. Vous ne voyez que celles de votre foyer.
help-requests =
    Ici vous écrivez à la collectivité à propos de votre dossier, et vous suivez ses réponses. Chaque demande garde ce que vous avez écrit et ce qui vous a été répondu.
help-file =
    Ici se trouvent les enfants de votre foyer et ce que la collectivité sait d’eux. La santé et les consignes ne sont montrées qu’à qui exerce l’autorité parentale. Si quelque chose n’est plus juste, envoyez une demande.
help-account =
    Ici vous changez vos coordonnées et votre mot de passe, choisissez ce qui vous est envoyé, et voyez où vous êtes connecté et ce qui a été fait. L’identifiant ne se change pas ici : demandez-le à l’accueil.
help-news =
    Ce que la collectivité annonce, le plus récent d’abord. Ce qui est épinglé reste en tête.
help-menus =
    Les menus d’une semaine, avec les quatorze allergènes de la réglementation européenne écrits en toutes lettres. Si votre enfant a une allergie, un projet d’accueil individualisé (PAI) est nécessaire : parlez-en à l’accueil. La page s’imprime.
help-tariffs =
    Les tarifs que la collectivité a votés.
help-rules =
    Le règlement en vigueur, avec son édition. Quand il change, votre accord est demandé à nouveau : l’accueil vous le rappelle.
news-title = Actualités
news-none = Il n’y a pas d’actualité en ce moment.
news-pinned = Épinglé
news-for = Pour { $sites }
news-back = Toutes les actualités
menu-title = Menus
menu-week = Du { $first } au { $last }
menu-weeks = Autres semaines
menu-before = Semaine précédente
menu-after = Semaine suivante
menu-site = Lieu du repas
menu-site-any = Menu commun
menu-site-choose = Afficher
menu-today = Aujourd’hui
menu-unknown = Menu non publié.
menu-allergens = Allergènes : { $list }
menu-about = Les allergènes sont ceux de l’annexe II du règlement (UE) n° 1169/2011. Un plat sans mention n’en déclare pas ; en cas d’allergie, demandez confirmation.
menu-allergen-gluten = gluten
menu-allergen-crustaceans = crustacés
menu-allergen-eggs = œufs
menu-allergen-fish = poisson
menu-allergen-peanuts = arachides
menu-allergen-soy = soja
menu-allergen-milk = lait
menu-allergen-nuts = fruits à coque
menu-allergen-celery = céleri
menu-allergen-mustard = moutarde
menu-allergen-sesame = sésame
menu-allergen-sulphites = sulfites
menu-allergen-lupin = lupin
menu-allergen-molluscs = mollusques
menu-sign-organic = bio
menu-sign-local = local
menu-sign-label = label de qualité
menu-sign-meatless = sans viande
menu-sign-home-made = fait maison
menu-line-nameless = Ligne { $line } : écrivez d’abord le nom du plat.
menu-line-too-many = Ligne { $line } : au plus trois parties, séparées par « ; ».
menu-line-allergen = Ligne { $line } : « { $word } » n’est pas un des quatorze allergènes.
menu-line-sign = Ligne { $line } : « { $word } » n’est pas un signe connu.
