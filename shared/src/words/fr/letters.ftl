# Letters that are mailed.
letter-instant = { $day } à { $hour }
letter-hello = Bonjour { $name },
letter-hello-somebody = Bonjour,
letter-link = { $words } :
letter-link-clear = Si le lien ne s’ouvre pas, copiez cette adresse dans votre navigateur :
letter-link-once = Ce lien sert une seule fois, jusqu’au { $until }.
letter-contact-us = Une question ? { $ways }
letter-foot = Message envoyé par le portail des familles de { $commune }. Nous ne demandons jamais votre mot de passe par courriel.
letter-activation = Ouvrez votre compte sur le portail de { $commune }
letter-activation-text = { $commune } vous ouvre un compte sur son portail des familles : les réservations, le dossier de vos enfants et les nouvelles de leurs activités.
letter-activation-link = Choisir mon mot de passe
letter-activation-then = Si vous n’attendiez pas ce message, ne faites rien : sans ce lien, aucun compte n’est ouvert.
letter-reset = Choisissez un nouveau mot de passe ({ $commune })
letter-reset-text = Quelqu’un, sans doute vous, a demandé à changer le mot de passe de votre compte.
letter-reset-link = Choisir un nouveau mot de passe
letter-reset-then = Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.
letter-login = Confirmez votre nouvel identifiant ({ $commune })
letter-login-text = L’identifiant de votre compte doit devenir { $address }, à votre demande.
letter-login-link = Confirmer cet identifiant
letter-login-then = Tant que vous n’ouvrez pas ce lien, votre identifiant ne change pas.
letter-contact = Confirmez votre adresse électronique ({ $commune })
letter-contact-text = Vous avez indiqué { $address } pour recevoir nos messages.
letter-contact-link = Confirmer cette adresse
letter-contact-then = Tant que vous n’ouvrez pas ce lien, nos messages vont à l’ancienne adresse.
letter-no-account = Aucun compte à cette adresse ({ $commune })
letter-no-account-text = Quelqu’un a demandé un mot de passe sur le portail de { $commune } avec cette adresse, mais aucun compte n’y correspond.
letter-no-account-then = Si c’était vous, essayez une autre de vos adresses, ou demandez à l’accueil laquelle est dans votre dossier. Sinon, ne faites rien.
letter-registered = Votre demande d’inscription est bien arrivée ({ $commune })
letter-registered-text = Nous avons reçu votre demande d’inscription. Un agent la lit, puis vous recevrez un message pour ouvrir votre compte.
letter-refused = Votre demande d’inscription ({ $commune })
letter-refused-text = Votre demande d’inscription n’a pas pu être acceptée.
letter-refused-reason = Motif : { $reason }
letter-codes = Vos codes pour le portail de { $commune }
letter-codes-text = Avec un code enfant et votre code payeur, vous ouvrez votre compte sur le portail des familles. Gardez-les pour vous.
letter-codes-link = Saisir mes codes
letter-codes-until = Ces codes servent jusqu’au { $until }.
letter-deleted = Votre compte a été supprimé ({ $commune })
letter-deleted-text =
    { $days ->
        [0] Votre compte sur le portail de { $commune } a été supprimé.
        [one] Votre compte sur le portail de { $commune } a été supprimé, à votre demande. L’accueil peut encore le rétablir pendant un jour.
       *[other] Votre compte sur le portail de { $commune } a été supprimé, à votre demande. L’accueil peut encore le rétablir pendant { $days } jours.
    }
letter-deleted-then = Si ce n’était pas vous, prévenez l’accueil aussitôt.
letter-agent = Votre accès à Préau ({ $commune })
letter-agent-text = Un accès à la gestion de { $commune } vous est ouvert.
letter-agent-link = Choisir mon mot de passe
letter-notice = { $title } ({ $commune })
letter-notice-link = Ouvrir le portail
letter-notice-choices = Choisir ce qui vous est envoyé : { $address }
