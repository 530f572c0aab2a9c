# Ce que la mairie a fermé
tablet-service-read-only = Le pointage est en lecture seule. { $message }
tablet-service-anyway-read-only = Le pointage est en lecture seule, et vous pointez quand même jusqu’à ce soir. { $message }
tablet-service-anyway-closed = Le pointage est fermé, et vous pointez quand même jusqu’à ce soir. { $message }
tablet-service-closed = Le pointage est fermé
tablet-service-closed-then = Ce qui est déjà pointé est conservé et transmis. S’il faut absolument pointer sur cette tablette, vous le pouvez jusqu’à ce soir : rien ne sera refusé.
tablet-service-anyway = Pointer quand même
tablet-service-refused = Pas enregistré : le pointage n’est pas ouvert.
tablet-said-anyway = Vous pointez quand même jusqu’à ce soir.
