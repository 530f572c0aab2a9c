# L’import : colonnes
desk-import-field-last-name = Nom
desk-import-field-usage-name = Nom d’usage
desk-import-field-first-name = Prénom
desk-import-field-born = Date de naissance
desk-import-field-reference = Identifiant national (INE)
desk-import-field-school = École
desk-import-field-class = Classe
desk-import-field-level = Niveau
desk-import-field-phone = Téléphone d’urgence
desk-import-field-must-know = À savoir
desk-import-field-left-on = Date de départ
desk-import-field-of-guardian = Responsable { $nth } – { $part }
desk-import-part-last-name = Nom
desk-import-part-usage-name = Nom d’usage
desk-import-part-first-name = Prénom
desk-import-part-email = Courriel
desk-import-part-phone = Téléphone
desk-import-column-line = Ligne
desk-import-column-reason = Motif

# L’import : ce qui ne va pas dans une ligne
desk-import-no-last-name = Le nom manque. Complétez la ligne.
desk-import-no-first-name = Le prénom manque. Complétez la ligne.
desk-import-no-birth = La date de naissance manque, et l’enfant n’est pas encore connu. Complétez la ligne.
desk-import-bad-date = « { $said } » n’est pas une date. Écrivez-la comme 04/03/2019.
desk-import-born-later = Cette date de naissance est dans l’avenir. Corrigez-la.
desk-import-bad-phone = « { $said } » n’est pas un numéro de téléphone. Écrivez-le comme 06 39 98 00 01.
desk-import-bad-email = « { $said } » n’est pas une adresse électronique. Corrigez-la ou videz la case.
desk-import-too-long = Ce texte est trop long pour être un nom : 120 caractères au plus.
desk-import-unknown-school = L’école « { $said } » n’existe pas. Créez-la dans les écoles, ou corrigez la ligne.
desk-import-unknown-school-closest = L’école « { $said } » n’existe pas. S’agit-il de « { $name } » ?
desk-import-unknown-class = La classe « { $said } » n’existe pas. Corrigez la ligne, ou revenez aux colonnes et choisissez de créer les classes qui manquent.
desk-import-unknown-class-closest = La classe « { $said } » n’existe pas. S’agit-il de « { $name } » ? Sinon, revenez aux colonnes et choisissez de créer les classes qui manquent.
desk-import-class-of-which-school = On ne sait pas de quelle école est la classe « { $said } ». Indiquez l’école dans le fichier, ou choisissez-la avec les colonnes.
desk-import-reference-of-another = Cet identifiant est celui de { $name }. Vérifiez-le.
desk-import-other-birth = Un enfant de mêmes nom et prénom est né le { $born }. Corrigez la date, ou indiquez l’identifiant de chacun ; s’il s’agit d’un autre enfant, revenez aux colonnes et choisissez de créer les homonymes.
desk-import-other-reference = Un enfant de mêmes nom, prénom et date de naissance porte l’identifiant { $reference }. Vérifiez celui de la ligne ; s’il s’agit d’un autre enfant, créez sa fiche à la main.
desk-import-several-fit = Plusieurs enfants portent ces noms. Indiquez l’identifiant de celui dont parle la ligne.
desk-import-unknown-child = Aucun enfant connu ne porte ces noms. Indiquez sa date de naissance, ou importez d’abord la liste des élèves.
desk-import-contradicts = La ligne { $line } dit autre chose : « { $said } ». Gardez la bonne valeur sur les deux lignes.
desk-import-guardian-without-name = Ce responsable n’a pas de nom. Complétez la ligne ou videz ses autres cases.
desk-import-which-household = L’enfant vit dans plusieurs foyers, et { $name } n’est dans aucun. Ajoutez ce responsable depuis la fiche de l’enfant.
desk-import-change = { $field } : { $new }, au lieu de { $old }
desk-import-change-from-nothing = { $field } : { $new }
desk-import-change-to-nothing = { $field } : plus rien, au lieu de { $old }

# L’import : ce qui ne va pas dans un fichier
desk-import-file-empty = Ce fichier est vide. Choisissez-en un autre.
desk-import-file-no-lines = Ce fichier n’a que des titres de colonnes. Ajoutez-y une ligne par enfant.
desk-import-file-too-many-lines = Ce fichier a plus de { $most } lignes. Coupez-le en deux et importez les morceaux l’un après l’autre.
desk-import-file-too-many-columns = Ce fichier a plus de 200 colonnes. Gardez celles qui parlent des enfants et de leurs responsables.
desk-import-file-other-spreadsheet = Ce tableur ne peut pas être lu. Ouvrez-le, enregistrez-le sans mot de passe au format « Classeur Excel (.xlsx) » ou « CSV », puis recommencez.
desk-import-file-damaged = Ce classeur est abîmé ou protégé. Ouvrez-le, enregistrez-le de nouveau au format « Classeur Excel (.xlsx) », puis recommencez.
desk-import-file-not-text = Ce fichier n’est ni un texte ni un classeur Excel. Choisissez un fichier .csv ou .xlsx.

# L’import : les pages
desk-import-children = Enfants
desk-import-title = Importer des enfants
desk-import-lead = Un fichier d’élèves ou de familles crée les fiches qui manquent et met à jour les autres. Rien n’est enregistré avant votre confirmation.
desk-import-file = Fichier
desk-import-file-hint = Un fichier .csv ou .xlsx de { $mb } Mo au plus.
desk-import-file-lines = Il peut compter { $lines } lignes, une par enfant.
desk-import-file-missing = Choisissez un fichier.
desk-import-file-too-large = Ce fichier pèse plus de { $mb } Mo. Gardez les colonnes utiles, ou coupez-le en deux, puis recommencez.
desk-import-send = Lire le fichier
desk-import-help = Quels fichiers conviennent
desk-import-help-onde = Les extractions d’ONDE : la liste des élèves, puis celle des responsables.
desk-import-help-own = Tout tableau avec une ligne par enfant et des titres au-dessus des colonnes.
desk-import-model = Télécharger un modèle vide
desk-import-help-twice = Un fichier importé deux fois ne change rien la seconde fois.
desk-import-help-empty = Une case vide ou une colonne absente n’efface jamais ce qui est enregistré.
desk-import-columns = Colonnes du fichier
desk-import-columns-lead = Vérifiez ce que dit chaque colonne. Celles qui sont ignorées ne changent rien.
desk-import-lines = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
desk-import-columns-header = Titre
desk-import-columns-samples = Premières valeurs
desk-import-columns-says = Ce que dit la colonne
desk-import-columns-untitled = (sans titre)
desk-import-column-says = La colonne « { $header } » dit
desk-import-left-out = Ignorée
desk-import-school = École des enfants dont la ligne n’en nomme aucune
desk-import-school-none = Aucune
desk-import-school-hint = À choisir pour un fichier d’ONDE, qui ne nomme pas son école.
desk-import-make-classes = Créer les classes qui manquent
desk-import-make-classes-hint = Sinon, une ligne dont la classe n’existe pas est refusée.
desk-import-make-homonyms = Créer les homonymes nés un autre jour
desk-import-make-homonyms-hint = Sinon, un enfant de mêmes nom et prénom qu’un autre, né un autre jour, est refusé : ce peut être une date mal saisie.
desk-import-columns-need = Choisissez la colonne qui dit : { $field }.
desk-import-columns-twice = Deux colonnes disent la même chose : { $field }. N’en gardez qu’une.
desk-import-preview = Voir ce que fera l’import
desk-import-abandon = Abandonner cet import
desk-import-preview-title = Ce que fera l’import
desk-import-nothing-yet = Rien n’est encore enregistré.
desk-import-moved = Des fiches ont changé depuis l’aperçu. Rien n’a été enregistré depuis cette confirmation : relisez ce qui suit, puis confirmez.
desk-import-shares = Lignes du fichier
desk-import-share-wrong = { $count ->
    [one] refusée
   *[other] refusées
}
desk-import-share-new = { $count ->
    [one] nouvel enfant
   *[other] nouveaux enfants
}
desk-import-share-changed = { $count ->
    [one] fiche modifiée
   *[other] fiches modifiées
}
desk-import-share-same = sans changement
desk-import-line-wrong = Refusée
desk-import-line-new = Nouvel enfant
desk-import-line-changed = Fiche modifiée
desk-import-line-same = Sans changement
desk-import-none-so = Aucune ligne de cette sorte.
desk-import-head-line = Ligne
desk-import-head-child = Enfant
desk-import-head-said = Ce qui se passera
desk-import-decide = Décider
desk-import-work = { $count ->
    [one] { $count } ligne sera enregistrée.
   *[other] { $count } lignes seront enregistrées.
}
desk-import-classes-made = Classes créées : { $names }.
desk-import-skips = { $count ->
    [one] { $count } ligne refusée sera laissée de côté ; vous pourrez la télécharger avec son motif.
   *[other] { $count } lignes refusées seront laissées de côté ; vous pourrez les télécharger avec leur motif.
}
desk-import-confirm = { $count ->
    [one] Enregistrer { $count } ligne
   *[other] Enregistrer { $count } lignes
}
desk-import-idle = Tout est déjà enregistré : ce fichier ne change rien.
desk-import-idle-wrong = Aucune ligne n’apporte de changement. Corrigez celles qui sont refusées, puis importez de nouveau le fichier.
desk-import-columns-again = Revoir les colonnes
desk-import-born = né(e) le { $date }
desk-import-report = Import terminé
desk-import-report-new = { $count ->
    [one] { $count } enfant créé
   *[other] { $count } enfants créés
}
desk-import-report-changed = { $count ->
    [one] { $count } ligne a modifié une fiche
   *[other] { $count } lignes ont modifié une fiche
}
desk-import-report-same = { $count ->
    [one] { $count } ligne sans changement
   *[other] { $count } lignes sans changement
}
desk-import-report-classes = { $count ->
    [one] { $count } classe créée
   *[other] { $count } classes créées
}
desk-import-report-skipped = { $count ->
    [one] { $count } ligne a été laissée de côté. Téléchargez-la, corrigez-la, puis importez ce fichier.
   *[other] { $count } lignes ont été laissées de côté. Téléchargez-les, corrigez-les, puis importez ce fichier.
}
desk-import-report-file = Télécharger les lignes refusées
desk-import-report-whole = Toutes les lignes ont été prises.
desk-import-see-children = Voir les enfants
desk-import-another = Importer un autre fichier
