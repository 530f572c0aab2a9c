# État du service

service-consultation = Consultation
service-attendance = Pointage
service-reservation = Réservations
service-payment = Paiement
service-open = Ouvert
service-read-only = En lecture seule
service-closed = Fermé
