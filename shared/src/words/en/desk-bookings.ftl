# Reservations entered by an agent
bookings-title = Reservations
bookings-page-title = { $name }, { $span }
bookings-lead = Choose a child or a class. Nothing is recorded before you have seen what will be done.
bookings-search = Name of a child
bookings-found = { $count ->
    [one] One child found
   *[other] { $count } children found
}
bookings-found-more = More children match: add a few letters.
bookings-none-found = No child matches “{ $query }”.
bookings-none-found-then = Try the beginning of the last or first name, with or without accents.
bookings-classes = Classes
bookings-no-class = No class is recorded.
bookings-ways = Ways to reserve
bookings-way-week = Week
bookings-way-month = Month
bookings-way-period = Period
bookings-spans = Weeks or months
bookings-before = Before
bookings-after = After
bookings-week-of = Week of { $day }
bookings-site-of = Site, { $activity }
bookings-usual-site = Each child’s usual site
bookings-usual-site-one = Usual site
bookings-cell = { $activity }, { $day }
bookings-counted = { $some } of { $all }
bookings-places = { $taken } / { $capacity } places
bookings-not-that-day = Not that day
bookings-closed = Closed
bookings-none = –
bookings-booked = Reserved
bookings-unchanged = Change nothing
bookings-free = Cancel
bookings-child-hint = Choose a formula to reserve, a dash to cancel. What you do not change stays as it is.
bookings-class-hint = Each choice holds for all children ticked below.
bookings-class-week = { $count ->
    [one] One child
   *[other] { $count } children
}
bookings-class-table = Each child’s week
bookings-exceptions = Untick the children to leave aside.
bookings-pick = Chosen
bookings-with = { $name }
bookings-see = See what will be done
bookings-period = Reserve for a period
bookings-deed = What to do
bookings-deed-reserve = Reserve
bookings-deed-cancel = Cancel reservations
bookings-from = From
bookings-until = Until
bookings-weekdays = Days of the week
bookings-what = Activity and formula
bookings-with-formula = { $activity }, { $formula }
bookings-how = How
bookings-how-hint = What is left empty stays as in the child’s last reservation.
bookings-replace = Replace the formula of days already reserved
bookings-replace-hint = Without this box, what is already reserved does not change.
bookings-vacations = Reserve during school holidays too
bookings-end-before-start = The end is before the beginning.
bookings-too-far = Choose dates between last year and two years from now.
bookings-too-long = This period is too long: one school year at most.
bookings-too-many = That would be too many reservations at once. Choose a shorter period.
bookings-not-at-site = This activity does not take place at this site.
bookings-leaves-before = The departure is before the arrival.

# What will be done
bookings-preview = Check before recording
bookings-sum = { $list }.
bookings-nothing = Nothing to change.
bookings-sum-made = { $count ->
    [one] { $count } day to reserve
   *[other] { $count } days to reserve
}
bookings-sum-changed = { $count ->
    [one] { $count } formula changed
   *[other] { $count } formulas changed
}
bookings-sum-cancelled = { $count ->
    [one] { $count } reservation to cancel
   *[other] { $count } reservations to cancel
}
bookings-sum-holidays = { $count ->
    [one] { $count } public holiday left aside
   *[other] { $count } public holidays left aside
}
bookings-sum-vacations = { $count ->
    [one] { $count } day of school holidays left aside
   *[other] { $count } days of school holidays left aside
}
bookings-sum-closed = { $count ->
    [one] { $count } closed day left aside
   *[other] { $count } closed days left aside
}
bookings-sum-other = { $count ->
    [one] { $count } left aside for another reason
   *[other] { $count } left aside for another reason
}
bookings-sum-already = { $count ->
    [one] { $count } already done
   *[other] { $count } already done
}
bookings-sum-beyond = { $count } beyond the number of places
bookings-list-made = To reserve
bookings-list-cancelled = To cancel
bookings-list-aside = Left aside
bookings-list-notes = Special days
bookings-note = { $day }: { $note }
bookings-of-children = { $day } ({ $count })
bookings-aside-holiday = Public holiday: { $name }
bookings-aside-vacation = School holidays: { $name }
bookings-aside-closed = Closed: { $why }
bookings-aside-shut = School closed: { $why }
bookings-aside-weekday = The activity does not take place that day of the week
bookings-aside-not-offered = The activity does not take place at this site
bookings-aside-left = The child has left
bookings-aside-elsewhere = Already reserved: { $site }
bookings-aside-rule = Rule without exception: { $words }
bookings-rules = Beyond the rules of booking
bookings-rules-then = These lines will be entered all the same, in your name and without a surcharge. To count a surcharge, ask for a decision or note a reason, book from the family’s grid.
bookings-rules-late = Late: the price would be { $price }.
bookings-rules-late-cancel = Cancelled late: { $due } would remain due.
bookings-rules-full = No place left by the rules: the child would go on the waiting list.
bookings-rules-days = { $count ->
    [one] { $name }, { $count } day
   *[other] { $name }, { $count } days
}
bookings-rules-more = { $count ->
    [one] And { $count } other case.
   *[other] And { $count } other cases.
}
bookings-over = No place left
bookings-over-line = { $place }: { $taken } places taken of { $capacity }, { $more } more
bookings-over-tick = Reserve beyond the number of places too
bookings-over-hint = Without this box, these days are left aside.
bookings-over-untold = There is no place left on these days. Tick this box to reserve all the same, or choose other days.
bookings-change = Change the request
bookings-do-reserve = Reserve
bookings-do-both = Record these changes
bookings-do-cancel = { $count ->
    [one] Cancel this reservation
   *[other] Cancel these { $count } reservations
}
