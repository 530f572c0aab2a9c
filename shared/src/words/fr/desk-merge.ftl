# Une histoire retrouvée

merge-kind-marks = Pointages
merge-kind-reserve = Réservations
merge-kind-cancel = Annulations
merge-kind-child = Fiches d’enfants
merge-kind-household = Foyers et responsables
merge-kind-staff = Équipes
merge-kind-structure = Écoles, sites et activités
merge-kind-calendar = Calendrier
merge-kind-agents = Agents
merge-kind-guardians = Accès des familles
merge-kind-tablets = Mises en service de tablettes
merge-kind-aside = Envois mis de côté
merge-kind-withdrawals = Retraits
merge-kind-lists = Listes rendues par les tablettes
merge-kind-discrepancies = Écarts de pointage
merge-kind-incidents = Points de situation
merge-kind-other = Opérations du serveur

merge-broke = La fusion s’est arrêtée sur un défaut du programme. Ce qui a été repris le reste ; relancez-la, rien ne sera repris deux fois.
