# Rules of booking in words: why something cannot be booked, and what a town's rules say.
booking-call = Call the desk on { $phone }.
booking-call-us = Contact the desk.
booking-rule = Rule: “{ $words }”.
booking-deadline = Too late: the deadline was { $at }.
booking-deadline-on-line = Too late on line: the deadline was { $at }.
booking-deadline-unknown = The deadline cannot be worked out: the calendar is not known.
booking-not-yet = Booking will open on { $at }.
booking-not-yet-unknown = Booking is not open yet for that date.
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
booking-needs-this = Goes with { $name } on the same day: choose both, or neither.
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
booking-past = It has already begun, or is over.
booking-not-on-line = Not booked on line.
booking-final = Once bought, this booking can no longer be cancelled.
booking-with = Refused, as what goes with it could not be booked.
booking-with-this = Refused, as { $name } goes with it and could not be booked.

# Parts of rules.
booking-and = { $first } and { $last }
booking-or-list = { $first }; { $last }
booking-on-monday = Monday
booking-on-tuesday = Tuesday
booking-on-wednesday = Wednesday
booking-on-thursday = Thursday
booking-on-friday = Friday
booking-on-saturday = Saturday
booking-on-sunday = Sunday
booking-on-working-days = Monday to Friday
booking-on-no-day = no day
booking-case-school = outside school holidays
booking-case-holidays = in school holidays
booking-case-first-day-back = the first day of class after the holidays
booking-case-sites = at { $names }
booking-case-formulas = as { $names }
booking-case-all = all sessions
booking-unknown-name = (unknown)
booking-count-calendar = { $days ->
    [1] 1 day
   *[other] { $days } days
 }
booking-count-worked = { $days ->
    [1] 1 office day
   *[other] { $days } office days
 }
booking-count-workable = { $days ->
    [1] 1 working day
   *[other] { $days } working days
 }
booking-count-school = { $days ->
    [1] 1 day of class
   *[other] { $days } days of class
 }
booking-count-open = { $days ->
    [1] 1 day of opening
   *[other] { $days } days of opening
 }
booking-count-not-holidays = { $days ->
    [1] 1 day that is no public holiday
   *[other] { $days } days that are no public holidays
 }
booking-count-not-vacations = { $days ->
    [1] 1 day outside school and public holidays
   *[other] { $days } days outside school and public holidays
 }
booking-count-skipped = { $count } (without { $weekdays })
booking-days-calendar = days
booking-days-worked = office days
booking-days-workable = working days
booking-days-school = days of class
booking-days-open = days of opening
booking-days-not-holidays = days that are no public holidays
booking-days-not-vacations = days outside school and public holidays
booking-moment-hours = { $hours ->
    [1] 1 hour before the start
   *[other] { $hours } hours before the start
 }
booking-moment-hours-of = { $hours ->
    [1] 1 hour before the start, counted in { $count }
   *[other] { $hours } hours before the start, counted in { $count }
 }
booking-moment-same-day = the same day at { $at }
booking-moment-eve = the day before at { $at }
booking-moment-days = { $days } before, at { $at }
booking-moment-this-week = { $weekday } of the same week at { $at }
booking-moment-last-week = { $weekday } of the week before at { $at }
booking-moment-weeks = { $weekday }, { $weeks } weeks before, at { $at }
booking-moment-this-month = { $day } of the same month at { $at }
booking-moment-last-month = { $day } of the month before at { $at }
booking-moment-months = { $day }, { $months } months before, at { $at }
booking-moment-day = { $day ->
    [1] the 1st
    [31] the last day
   *[other] day { $day }
 }
booking-moment-at-latest = { $moment } (failing that, the last of the { $count } before)
booking-moment-last-school-day = the last day of class before the holidays at { $at }
booking-moment-week = { $hours ->
    [0] Monday of the week, midnight
    [1] 1 hour before Monday of the week, midnight
   *[other] { $hours } hours before Monday of the week, midnight
 }
booking-moment-period = the first day of the period at { $at }
booking-moment-before-period = { $days } before the period begins, at { $at }
booking-moment-at = { $date } at { $at }
booking-moment-start = the start of the session
booking-moment-end = the end of the session
booking-entrance-portal = on line
booking-entrance-phone = on the telephone
booking-entrance-desk = at the desk
booking-entrance-door = at the door
booking-verdict-refuse = refused
booking-verdict-request = the desk decides
booking-verdict-accept = accepted
booking-way = { $entrance }, { $verdict }
booking-way-costs = { $entrance }, { $verdict }, { $cost }
booking-cost-replaces = at the price of { $money }
booking-cost-adds = with { $money } on top
booking-cost-full = the whole price is due
booking-cost-part = { $percent }% of the price is due
booking-cost-due = { $money } is due
booking-cost-excused = { $cost } (nothing with a certificate within { $days } days)
booking-said-add = Deadline to book: { $moment }.
booking-said-add-for = Deadline to book ({ $case }): { $moment }.
booking-said-cancel = Deadline to cancel: { $moment }.
booking-said-cancel-for = Deadline to cancel ({ $case }): { $moment }.
booking-said-late = Then, until { $moment }: { $ways }.
booking-said-refused = After that it is refused.
booking-said-strict = Without exception, not by the desk either.
booking-said-no-ways = refused
booking-said-opening = Booking opens: { $from }.
booking-said-opening-for = Booking opens ({ $case }): { $from }.
booking-said-opening-known = as soon as the calendar is known
booking-said-closing = Booking closes: { $until }.
booking-said-age-from = from { $from }
booking-said-age-under = under { $under }
booking-said-age-between = from { $from } to under { $under }
booking-said-age-session = Age on the day of the session: { $age }.
booking-said-age-school-year = Age on 1 September of the school year: { $age }.
booking-said-age-calendar-year = Age on 31 December of the year: { $age }.
booking-age-years = { $number ->
    [1] 1 year
   *[other] { $number } years
 }
booking-age-months = { $number } months
booking-age-any = any age
booking-said-schools = Schools: { $names }.
booking-said-classes = Classes: { $names }.
booking-said-levels = Levels: { $names }.
booking-said-residence = Communes (INSEE code): { $names }.
booking-said-documents = Documents asked for: { $names }.
booking-said-unpaid = Unpaid: { $money } at most.
booking-said-only-for = Only for { $names }.
booking-said-otherwise = Otherwise: { $ways }.
booking-said-limit-day = { $most ->
    [1] 1 booking at most a day
   *[other] { $most } bookings at most a day
 }{ $of }.
booking-said-limit-week = { $most ->
    [1] 1 booking at most a week
   *[other] { $most } bookings at most a week
 }{ $of }.
booking-said-limit-month = { $most ->
    [1] 1 booking at most a month
   *[other] { $most } bookings at most a month
 }{ $of }.
booking-said-limit-period = { $most ->
    [1] 1 booking at most a period
   *[other] { $most } bookings at most a period
 }{ $of }.
booking-said-limit-year = { $most ->
    [1] 1 booking at most a school year
   *[other] { $most } bookings at most a school year
 }{ $of }.
booking-said-excludes = { $activity } does not go with { $other } on the same day.
booking-said-needs = { $activity } goes only with { $other } on the same day.
booking-said-brings = Booking { $activity } books { $other } too.
booking-said-group = Group “{ $name }”: { $who }.
booking-said-group-all = all
booking-said-places = { $places ->
    [0] No place
    [1] 1 place
   *[other] { $places } places
 }{ $for }.
booking-said-places-group = group “{ $name }”
booking-said-from = from { $date }
booking-said-until = until { $date }
booking-said-waiting = Waiting list: an offered place is kept for { $time }.
booking-said-waiting-most = At most { $most } wait for a session.
booking-said-minutes = { $number ->
    [1] 1 minute
   *[other] { $number } minutes
 }
booking-said-hours = { $number ->
    [1] 1 hour
   *[other] { $number } hours
 }
booking-said-price = Price: { $money }.
booking-said-price-for = Price ({ $case }): { $money }.
booking-said-billed = Paid with the bill of the month.
booking-said-paid-credited = Paid when booked, within { $time }; otherwise the place is given back. What is cancelled in time is credited.
booking-said-paid-final = Paid when booked, within { $time }; otherwise the place is given back. What is paid is not paid back.
booking-chapter-openings = When to book
booking-chapter-add = Until when to book
booking-chapter-cancel = Until when to cancel
booking-chapter-conditions = For whom
booking-chapter-limits = How many bookings
booking-chapter-links = What goes together
booking-chapter-places = Places
booking-chapter-prices = Price and payment
booking-said-until-start = Until the session begins.

# Contradictions and holes of a set of rules.
booking-table-openings = openings
booking-table-add = deadlines to book
booking-table-cancel = deadlines to cancel
booking-table-conditions = conditions
booking-table-places = places
booking-table-prices = prices
booking-flaw-line = { $table }, line { $line }
booking-flaw-no-activity = These rules are about no activity.
booking-flaw-unknown-activity = { $activity } is no longer offered.
booking-flaw-ends-before = The end comes before the beginning.
booking-flaw-same-start = { $activity }: other live rules, “{ $other }”, begin on the same day. Change one of the two dates.
booking-flaw-no-calendar = The town has no calendar: no deadline can be worked out.
booking-flaw-calendar-ends = The calendar is not known from { $date } on: nothing can be booked after that.
booking-flaw-no-delay = No line among the { $table }: it is possible until the session begins.
booking-flaw-no-price = No price is set: families will see none.
booking-flaw-no-price-at-booking = No price is set, though one pays when booking.
booking-flaw-uncovered = { $table }: no line speaks of { $sessions }.
booking-flaw-never-offered = { $activity } takes place on { $weekdays }, but these rules never open it on those days.
booking-flaw-speaks-of-nothing = { $line }: speaks of no session that takes place.
booking-flaw-contradiction = { $line }: never counts, as line { $counts }, read before it, says something else of the same sessions.
booking-flaw-contradiction-example = { $line }: never counts, as line { $counts }, read before it, says something else of the same sessions. For { $date }: { $first } by line { $counts }, { $other } by this one.
booking-flaw-overlap = { $line }: speaks in part of the same sessions as line { $counts } and says something else. For those, line { $counts } counts.
booking-flaw-needless = { $line }: of no use, line { $counts } says the same already.
booking-flaw-never-reached = { $line }: never counts, the lines read before it speak of all its sessions.
booking-flaw-not-computable = { $line }: the deadline of { $date } cannot be worked out.
booking-flaw-after-start = { $line }: for { $date } the deadline comes after the session has begun.
booking-flaw-after-end = { $line }: for { $date } the deadline comes after the session has ended.
booking-flaw-stage-too-early = { $line }: for { $date } stage { $stage } ends before it begins.
booking-flaw-stage-opens-again = { $line }: { $entrance }, stage { $stage } allows what the stage before it refuses.
booking-flaw-stage-twice = { $line }: stage { $stage } says two things of what comes in { $entrance }.
booking-flaw-opens-after-closing = Openings, line { $line }: for { $date } it closes before it opens.
booking-flaw-opens-after-deadline = Openings, line { $line }: for { $date } the deadline is past before it opens.
booking-flaw-wrong-cost = { $line }, stage { $stage }: this cost does not fit here.
booking-flaw-group-without-places = Group “{ $name }”: no line says how many places it has.
booking-flaw-unknown-group = Places, line { $line }: there is no group “{ $name }”.
booking-flaw-group-twice = Two groups are called “{ $name }”.
booking-flaw-nobody-meets = Conditions, line { $line }: nobody can meet it.
booking-flaw-unknown-document = Conditions, line { $line }: “{ $kind }” is no known document. Add it to the settings.
booking-flaw-link-to-itself = Links, line { $line }: an activity is linked to itself.
booking-flaw-link-elsewhere = Links, line { $line }: one of the two activities is not in these rules, or no longer offered.
booking-flaw-link-cycle = { $activity } leads back to itself by what goes with it: all must be booked together.
booking-flaw-link-contradiction = { $activity } and { $other } exclude each other, but one asks for the other: nobody can book.
booking-flaw-limit-twice = Limits, line { $line }: never counts, line { $counts } is stricter.
booking-flaw-limit-of-none = Limits, line { $line }: no booking is possible.
booking-flaw-no-time-to-take = Waiting list: an offered place is kept for no time.
booking-flaw-no-time-to-pay = Payment when booking: no time to pay.
