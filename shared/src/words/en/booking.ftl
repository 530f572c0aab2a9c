# Rules of booking in words: why something cannot be booked, and what a town's rules say.
booking-call = Call the desk on { $phone }.
booking-call-us = Contact the desk.
booking-rule = Rule: “{ $words }”.
booking-deadline = Too late: the deadline was { $at }.
booking-deadline-on-line = Too late on line: the deadline was { $at }.
booking-deadline-unknown = The deadline cannot be worked out: the calendar is not known.
booking-not-yet = Booking will open on { $at }.
booking-not-yet-unknown = Booking is not open yet.
booking-window-closed = Booking has been closed since { $at }.
booking-window-closed-unknown = Booking is closed.
booking-full = Full: no place is left.
booking-full-of = Full: { $number ->
    [0] there is no place
    [1] the only place is taken
   *[other] all { $number } places are taken
 }.
booking-limit = The child has as many bookings as it may.
booking-limit-of = Limit reached: { $number ->
    [1] one booking
   *[other] { $number } bookings
 } at most.
booking-excluded = Does not go with another booking of the same day.
booking-excluded-by = Does not go with { $name } on the same day. Choose one of them.
booking-needs = Goes only with another booking of the same day.
booking-needs-this = Goes only with { $name } on the same day. Book { $name } too.
booking-age = The child is not of the age that is asked for.
booking-school = Not offered to children of its school.
booking-class = Not offered to children of its class.
booking-residence = Not offered to families of your town. If you have moved, tell the desk.
booking-documents = A document is missing. Hand it to the desk.
booking-documents-of = A document is missing: { $name }. Hand it to the desk.
booking-unpaid = Some bills are unpaid. Pay them, then try again.
booking-unpaid-of = { $money } is still to be paid. Pay it, then try again.
booking-closed = Closed on that day.
booking-closed-for = Closed: { $name }.
booking-not-offered = Does not take place on that day.
booking-left = The child is no longer enrolled on that day.
booking-left-on = The child has not been enrolled since { $date }.
booking-elsewhere = Already booked elsewhere on that day. Cancel that booking first.
booking-elsewhere-at = Already booked on that day: { $name }. Cancel that booking first.
booking-already = It is so already: nothing changes.
booking-price-changed = The price has changed. Check it, then confirm again.
booking-price-changed-to = The price has changed: { $money }. Check it, then confirm again.
booking-not-yours = On that day this booking is not your household’s.
booking-past = That day is past.
booking-not-on-line = Not booked on line.
booking-final = Once bought, this booking can no longer be cancelled.
booking-with = Refused, as what goes with it could not be booked.
booking-with-this = Refused, as { $name } goes with it and could not be booked.
