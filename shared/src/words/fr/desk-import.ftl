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
desk-import-field-of-guardian = { $part } du responsable { $nth }
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
desk-import-bad-date = « { $said } » n’est pas une date. Écrivez-la comme 04/03/2019.
desk-import-born-later = Cette date de naissance est dans l’avenir. Corrigez-la.
desk-import-bad-phone = « { $said } » n’est pas un numéro de téléphone. Écrivez-le comme 06 39 98 00 01.
desk-import-bad-email = « { $said } » n’est pas une adresse électronique. Corrigez-la ou videz la case.
desk-import-too-long = Ce texte est trop long pour être un nom : 120 caractères au plus.
desk-import-unknown-school = L’école « { $said } » n’existe pas. Créez-la dans les écoles, ou corrigez la ligne.
desk-import-unknown-school-closest = L’école « { $said } » n’existe pas. S’agit-il de « { $name } » ?
desk-import-unknown-class = La classe « { $said } » n’existe pas. Corrigez la ligne, ou revenez aux colonnes et choisissez de créer les classes qui manquent.
desk-import-unknown-class-closest = La classe « { $said } » n’existe pas. S’agit-il de « { $name } » ? Sinon, revenez aux colonnes et choisissez de créer les classes qui manquent.
desk-import-class-of-which-school = On ne sait pas de quelle école est la classe « { $said } ». Indiquez l’école dans le fichier, ou choisissez-la avec les colonnes.
desk-import-reference-of-another = Cet identifiant est celui de { $name }, né ou née un autre jour. Vérifiez-le.
desk-import-other-birth = Un enfant de mêmes nom et prénom est né le { $born }. Corrigez la date, ou indiquez l’identifiant de chacun ; s’il s’agit d’un autre enfant, revenez aux colonnes et choisissez de créer les homonymes.
desk-import-other-reference = Un enfant de mêmes nom, prénom et date de naissance porte l’identifiant { $reference }. Vérifiez celui de la ligne ; s’il s’agit d’un autre enfant, créez sa fiche à la main.
desk-import-several-fit = Plusieurs enfants portent ces noms. Indiquez l’identifiant de celui dont parle la ligne.
desk-import-unknown-child = Aucun enfant connu ne porte ces noms. Indiquez sa date de naissance, ou importez d’abord la liste des élèves.
desk-import-contradicts = La ligne { $line } dit autre chose : « { $said } ». Gardez la bonne valeur sur les deux lignes.
desk-import-guardian-without-name = Ce responsable n’a pas de nom. Complétez la ligne ou videz ses autres cases.
desk-import-which-household = L’enfant vit dans plusieurs foyers, et { $name } n’est dans aucun. Ajoutez ce responsable depuis la fiche de l’enfant.
desk-import-change = { $field } : { $new }, au lieu de { $old }
desk-import-change-from-nothing = { $field } : { $new }
desk-import-change-to-nothing = { $field } : plus rien, au lieu de { $old }

# L’import : ce qui ne va pas dans un fichier
desk-import-file-empty = Ce fichier est vide. Choisissez-en un autre.
desk-import-file-no-lines = Ce fichier n’a que des titres de colonnes. Ajoutez-y une ligne par enfant.
desk-import-file-too-many-lines = Ce fichier a plus de { $most } lignes. Coupez-le en deux et importez les morceaux l’un après l’autre.
desk-import-file-too-many-columns = Ce fichier a plus de 200 colonnes. Gardez celles qui parlent des enfants et de leurs responsables.
desk-import-file-other-spreadsheet = Ce tableur ne peut pas être lu. Ouvrez-le, enregistrez-le sans mot de passe au format « Classeur Excel (.xlsx) » ou « CSV », puis recommencez.
desk-import-file-damaged = Ce classeur est abîmé ou protégé. Ouvrez-le, enregistrez-le de nouveau au format « Classeur Excel (.xlsx) », puis recommencez.
desk-import-file-not-text = Ce fichier n’est ni un texte ni un classeur Excel. Choisissez un fichier .csv ou .xlsx.
