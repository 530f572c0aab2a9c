# State of the service

service-consultation = Looking things up
service-attendance = Attendance
service-reservation = Reservations
service-payment = Payment
service-open = Open
service-read-only = Read-only
service-closed = Closed
