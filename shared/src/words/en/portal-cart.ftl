# The cart, its recap, what is asked and waited for.
cart-title = My cart
cart-empty = Your cart is empty. Choose days in the grid of bookings: nothing is booked until the cart is confirmed.
cart-nothing-yet = Nothing is booked yet: all is decided when you confirm.
cart-to-grid = See my bookings
cart-to-cart = Back to the cart
cart-to-wishes = Requests and waiting lists
cart-go-on = Go on choosing
cart-validate = Confirm the cart
cart-empty-it = Empty the cart
cart-total = Total when confirmed:
cart-total-asked = What is asked for or waited for is added if accepted: { $price }.
cart-total-due = Total due:
cart-price-none = no price given
cart-price-with = { $price }, of which { $surcharge } surcharge for late booking
cart-price-instead = { $price } instead of { $base } for late booking
cart-late-with = Past the deadline: of which { $surcharge } surcharge.
cart-late-instead = Past the deadline: instead of { $base }.
cart-cancel-free = cancelled free of charge
cart-cancel-costs = { $price } still due
cart-credited = { $price } already paid are credited to you
cart-pay-until = to be paid before { $until }, or the place is given back
cart-fate-book = to be booked
cart-fate-request = request to be sent to the office
cart-fate-wait = waiting list no. { $rank }
cart-fate-cancel = to be cancelled
cart-fate-request-cancel = request to cancel, to be sent
cart-fate-refuse = cannot be taken
cart-request-then = The office will answer; nothing is certain until then.
cart-wait-then = If a place becomes free, it is offered to you for a limited time.
cart-excused =
    { $days ->
        [one] Nothing is due with a certificate by the next day.
       *[other] Nothing is due with a certificate within { $days } days.
    }
cart-moved = The price changed: { $now } instead of { $before } shown before.
cart-moves = At “{ $site }” instead of “{ $before }”, where the reservation is cancelled.
cart-leaving = Of which { $price } for the place at “{ $before }”, cancelled late.
cart-brought = Added with { $name }, which brings it.
cart-until = To be validated by { $until } at the latest.
cart-held = Place held until { $until }.
cart-take-out = Take out of the cart: { $what } of { $child }, { $day }
cart-take-out-short = Take out
cart-some-refused =
    { $count ->
        [one] One line cannot be taken and does not count in the total. Take it out, or call
       *[other] { $count } lines cannot be taken and do not count in the total. Take them out, or call
    }
cart-trouble-changed = Your cart changed since this page was opened. Read it again, then confirm again. Nothing was booked.
cart-trouble-over = This cart was dealt with before or is no longer there. Here is your cart of now; nothing else was booked.
cart-trouble-unreadable = This choice could not be read. Nothing was changed; start again from the grid.
cart-trouble-not-yours = This choice concerns none of your children. Nothing was changed.
cart-trouble-full = The cart holds as many lines as it can. Confirm it, then go on.
cart-trouble-nothing = Nothing of this cart could be taken: no booking has changed. Each line says why.
cart-shut = Online booking is closed.
cart-shut-since = Online booking is closed since { $since }.
cart-shut-kept = Your cart is kept. It can be confirmed once booking reopens, as places and deadlines then allow.
cart-shut-met = Your cart was not confirmed: nothing is booked. It is kept as it is, but places are held only until the time given.
cart-shut-gone = Nothing is booked. The cart that you were confirming is no more: choose again once booking is open.
cart-formula = { $activity } ({ $formula })
cart-price-was = The price is { $now }, not { $before }: the line stays in your cart with the new price.
cart-price-unseen = The price is { $now } and was not shown to you: the line stays in your cart.
cart-recap = Summary
cart-recap-by-web = Confirmed on the portal on { $when }.
cart-recap-by-town = Entered by the office, for you, on { $when }.
cart-recap-all = Everything was taken.
cart-recap-partly = Part of it could not be taken.
cart-recap-nothing = Nothing could be taken: no booking has changed.
cart-recap-beyond = The office made an exception to a rule of booking.
cart-recap-added = Added
cart-recap-changed = Another formula or place
cart-recap-removed = Cancelled
cart-recap-requested = Asked of the office
cart-recap-cancel-requested = Cancellation asked of the office
cart-recap-waiting = On a waiting list
cart-recap-refused = Refused
cart-recap-line = { $child }: { $what }, { $day }
cart-recap-rank = no. { $rank } today
cart-recap-call = About what is refused, call
cart-recap-mailed = This summary is sent to { $address }.
cart-letter = Summary of your bookings ({ $commune })
cart-letter-web = This is what became of your cart, confirmed on { $when }.
cart-letter-town = Here is what your { $label } entered for you on { $when }.
cart-letter-total = Total due: { $total }
cart-letter-link = See the summary
cart-wishes = Requests and waiting lists
cart-wishes-none = No request is open and nothing is waited for.
cart-wishes-offers = Places offered
cart-wishes-open = Open
cart-wishes-over = Over
cart-wishes-overtaken = The request changed meanwhile: here is how it stands. Nothing else was done.
cart-wishes-call = A question about a request? Call
cart-wish-open = Request open
cart-wish-offered = Place offered
cart-wish-accepted = Accepted
cart-wish-refused = Refused
cart-wish-withdrawn = Withdrawn
cart-wish-ended = Over
cart-wish-add = Booking asked for
cart-wish-cancel = Cancellation asked for
cart-wish-wait = Waiting list joined
cart-wish-since = { $kind } on { $since }
cart-wish-until = Place kept until { $until } ({ $left }).
cart-wish-left-hours =
    { $hours ->
        [one] one more hour
       *[other] { $hours } more hours
    }
cart-wish-left-minutes =
    { $minutes ->
        [0] less than a minute
        [one] one more minute
       *[other] { $minutes } more minutes
    }
cart-wish-take = Take the place
cart-wish-withdraw = Withdraw
cart-wish-of = { $what } of { $child }, { $day }
cart-done-wish-withdrawn = The request is withdrawn.
cart-done-in = It is in your cart. Nothing is booked before you confirm.
cart-done-lost = Your session had ended: what you had just chosen was not kept, and nothing changed. Please choose it again.
cart-done-out = The line is taken out of the cart.
cart-done-emptied = The cart is empty.
cart-done-taken = The place is in your cart: confirm it before the time given.
