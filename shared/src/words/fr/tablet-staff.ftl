# Qui pointe, codes, verrou
tablet-who-title = Qui êtes-vous ?
tablet-who-staff = Équipe
tablet-who-hint = Touchez votre nom, puis tapez votre code.
tablet-who-nobody = Aucun membre de l’équipe n’est connu de cette tablette. Synchronisez quand le réseau revient, ou appelez la mairie.
tablet-who-locked = Bloqué
tablet-who-without-pin = Sans code
tablet-who-without-pin-then = Vous n’avez pas encore de code. La mairie vous en donne un ; d’ici là, une directrice ou un directeur peut vous ajouter pour la journée.
tablet-pin-label = Code de { $name }
tablet-pin-back = Effacer le dernier chiffre
tablet-pin-ok = Valider
tablet-pin-wrong = { $count ->
    [one] Code faux. Encore un essai, puis le code est bloqué.
   *[other] Code faux. Encore { $number } essais.
}
tablet-pin-locked = Trop de codes faux : le code de { $name } est bloqué sur cette tablette. Une directrice, un directeur ou la mairie débloque. Rien de ce qui est pointé n’est perdu.
tablet-unlock-open = Débloquer avec un code de direction
tablet-unlock-title = Débloquer { $name }
tablet-director = Direction
tablet-director-pin = Code de direction
tablet-director-locked = Ce code de direction est bloqué lui aussi. Appelez la mairie.
tablet-welcome-open = Ajouter un remplaçant
tablet-welcome-title = Ajouter un remplaçant
tablet-welcome-lead = Pour aujourd’hui, sur ce site. Le remplaçant choisit son code.
tablet-welcome-name = Prénom et nom
tablet-welcome-pin = Code choisi
tablet-welcome-again = Le même code
tablet-welcome-submit = Ajouter pour aujourd’hui
tablet-welcome-no-name = Il manque le nom du remplaçant.
tablet-welcome-short = Le code choisi doit avoir au moins quatre chiffres.
tablet-welcome-differ = Les deux codes ne sont pas les mêmes. Tapez-les de nouveau.
tablet-change = Changer
