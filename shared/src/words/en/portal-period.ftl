# Booking over a period: many dates at once.
portal-period-title = Book several dates
portal-period-week-title = Typical week
portal-period-copy-title = Copy to a brother or sister
portal-period-preview-title = Before it goes into the cart
portal-period-ways = Ways to book
portal-period-way-period = Several dates
portal-period-way-week = Typical week
portal-period-way-copy = Copy
portal-period-nothing-yet = Nothing is booked until you confirm your cart.
portal-period-nothing-on-line = No activity can be booked online for now. Call the office.
portal-period-nobody = There is no child you can book for online.
portal-period-children = Children
portal-period-activities = Activities
portal-period-weekdays = Weekdays
portal-period-formula = Formula of “{ $activity }”
portal-period-from = From
portal-period-to = To
portal-period-see = See these dates
portal-period-or-see = Or see straight away
portal-period-this-period = This period
portal-period-this-month = This month
portal-period-this-year = The school year
portal-period-until = { $span }, until { $day }
portal-period-week-said = Tick what comes back every week, then choose the dates. Other days stay as they are.
portal-period-week-derived = Filled in from the week of { $week }.
portal-period-week-caption = Typical week of { $child }
portal-period-box = { $child }, { $activity }, { $day }
portal-period-replace = Replace what is already booked
portal-period-replace-hint = Days of these activities that are not ticked will be cancelled. You will see each of them before you confirm.
portal-period-copy-said = What is booked for one child is asked for the other, on the same dates.
portal-period-copy-from = Copy the bookings of
portal-period-copy-to = To
portal-period-copy-alone = Copying takes two children at least.
portal-period-copy-same = Choose two different children.
portal-period-over = The end has passed, or comes before the beginning.
portal-period-long = Choose fourteen months at most.
portal-period-change = Change the request
portal-period-possible = What will go into the cart
portal-period-impossible = What cannot, and why
portal-period-changes = Days that change
portal-period-away = cancelled { $list }.
portal-period-new = Added { $list }.
portal-period-differences = What differs
portal-period-differs = { $here } instead of { $there }
portal-period-sum-booked = { $count ->
    [one] One booking to add
   *[other] { $count } bookings to add
}
portal-period-sum-total = { $booked }: { $total }
portal-period-sum-late = { $count ->
    [one] One past the deadline
   *[other] { $count } past the deadline
}
portal-period-sum-surcharge = { $late }, of which { $surcharge } surcharge
portal-period-sum-requested = { $count ->
    [one] One request to the office
   *[other] { $count } requests to the office
}
portal-period-sum-waiting = { $count ->
    [one] One place on the waiting list
   *[other] { $count } places on the waiting list
}
portal-period-sum-cancelled = { $count ->
    [one] One cancellation
   *[other] { $count } cancellations
}
portal-period-sum-due = { $cancelled }, { $due } remain due
portal-period-sum-already = { $count ->
    [one] One date already booked, unchanged
   *[other] { $count } dates already booked, unchanged
}
portal-period-sum-in-cart = { $count ->
    [one] One date already in your cart
   *[other] { $count } dates already in your cart
}
portal-period-sum-refused = { $count ->
    [one] One date is not possible: see why below
   *[other] { $count } dates are not possible: see why below
}
portal-period-sum-nothing = Nothing to put into the cart
portal-period-leave-out = Leave out
portal-period-take-back = Take back
portal-period-leave-out-of = { $leave }: { $kind }
portal-period-left-late = { $count ->
    [one] One date past the deadline, left out
   *[other] { $count } dates past the deadline, left out
}
portal-period-left-requested = { $count ->
    [one] One request to the office, left out
   *[other] { $count } requests to the office, left out
}
portal-period-left-waiting = { $count ->
    [one] One place on the waiting list, left out
   *[other] { $count } places on the waiting list, left out
}
portal-period-too-many = These are too many dates for one cart. Choose a shorter span or fewer activities, confirm, then go on.
portal-period-send = { $count ->
    [one] Put this date into the cart
   *[other] Put these { $count } dates into the cart
}
portal-period-send-then = You will check and confirm your cart next.
portal-period-sending = Being put into the cart
portal-period-kind-booked = To be booked
portal-period-kind-late = To be booked past the deadline
portal-period-kind-requested = To be asked of the office
portal-period-kind-waiting = On the waiting list
portal-period-kind-cancelled = To be cancelled
portal-period-kind-cancel-requested = To be cancelled, if the office agrees
portal-period-days = { $count ->
    [one] 1 date
   *[other] { $count } dates
}
portal-period-price = { $total } ({ $each } a date)
portal-period-which = See the dates
portal-period-cart-dates = See the dates, take some out
portal-period-cart-tap = Tap a date to take it out of the cart.
portal-period-each = { $price } each
portal-period-of = { $child }, { $activity }
portal-period-call = Call
portal-period-because-formula = Already booked with another formula
portal-period-because-formula-named = Already booked with the formula “{ $formula }”
portal-period-because-nowhere = Not offered for the child’s school
portal-period-because-deadline = Too late: the deadline has passed
portal-period-because-not-yet = Booking has not opened yet
portal-period-because-window = Booking is closed
portal-period-because-full = Full
portal-period-because-limit = Maximum reached
portal-period-because-limit-of = Maximum reached: { $count }
portal-period-because-excluded = Does not go with another activity of the same day
portal-period-because-excluded-by = Does not go with “{ $name }” on the same day
portal-period-because-needs = Only possible with another activity of the same day
portal-period-because-needs-other = Only possible with “{ $name }” on the same day
portal-period-because-age = The child’s age does not fit
portal-period-because-school = Not for the child’s school
portal-period-because-class = Not for the child’s class
portal-period-because-residence = Only for residents of certain towns
portal-period-because-documents = A document is missing from the file
portal-period-because-document = Missing document: { $name }
portal-period-because-unpaid = Bills remain to be paid
portal-period-because-closed = Closed
portal-period-because-not-offered = Nothing takes place on these days
portal-period-because-left = The child is no longer registered
portal-period-because-elsewhere = Already booked at another site
portal-period-because-elsewhere-at = Already booked at another site: { $name }
portal-period-because-already = Already booked
portal-period-because-price = The price has changed
portal-period-because-not-yours = The child is with the other household, or you cannot book for it
portal-period-because-past = Past date
portal-period-because-not-on-line = Cannot be booked online
portal-period-because-final = Cannot be cancelled
portal-period-because-with = Refused together with a linked activity
