# Ce qui se lit avant de se connecter

public-title = { $page } · { $commune }
public-heading = État du service
public-moment = { $day } { $year } à { $hour }
public-parts = Ce qui fonctionne
public-all-open = Tous les services sont ouverts.
public-part-line = { $standing }. { $message }
public-since = Depuis le { $at }
public-posts = Points de situation
public-none = Aucun incident n’est signalé.
public-rewritten = complété le { $at }
public-over = Incident terminé
public-over-said = Incident terminé : tout fonctionne de nouveau.
public-updated = Dernière mise à jour : { $at }
public-follow = Suivre les points de situation (flux Atom)
public-apart = Cette copie est gardée hors du serveur de la collectivité : elle se lit même quand il ne répond pas.
public-feed-title = Points de situation · { $commune }
public-read = Lire la suite
public-not-all-open = Tous les services ne sont pas ouverts.
