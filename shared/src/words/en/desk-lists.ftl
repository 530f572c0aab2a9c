# Day lists, on screen and on paper
desk-lists-title = Day lists
desk-lists-paper-title = Lists to print, { $site }, { $date }
desk-lists-activity = Activity
desk-lists-by = One page
desk-lists-by-group = per group
desk-lists-by-class = per class
desk-lists-take = Print and save
desk-lists-print = Print version
desk-lists-print-week = The whole week
desk-lists-print-all = Every list of the site that day
desk-lists-file = File for a spreadsheet
desk-lists-back = Back to the list
desk-lists-paper-help = One page per group, to be ticked by hand. Print it on A4, in black and white.
desk-lists-alone-help = The server put these lists in a safe place; they open and print without it. To print: Ctrl + P, black and white, A4. Copy them to a tablet or at the town hall once the service is back.
desk-lists-alone-none = No child is expected at this site on that day.
desk-lists-nothing = No activity that day.
desk-lists-nothing-then = Choose another date, another activity or another site.
desk-lists-nobody-then = Children appear here as soon as a reservation is recorded.
desk-lists-no-part = No group
desk-lists-group = Group
desk-lists-class = Class
desk-lists-school = School
desk-lists-last-name = Last name
desk-lists-first-name = First name
desk-lists-seat = Sitting and table
desk-lists-formula = Formula
desk-lists-in = Expected arrival
desk-lists-out = Expected departure
desk-lists-comes-from = Comes from
desk-lists-goes-to = Goes to
desk-lists-phone = Telephone
desk-lists-standing = Situation
desk-lists-day = Planned
desk-lists-number = Number
desk-lists-totals = Expected per group or class
desk-lists-total = Total
desk-lists-expected = { $count ->
    [one] { $count } expected
   *[other] { $count } expected
}
desk-lists-printed = Printed on { $date } at { $at }
desk-lists-away = On an outing: { $words }
desk-lists-away-picnic = On an outing, with a picnic: { $words }
desk-lists-free = May come, no reservation
desk-lists-guest = Comes from { $from } for the day
desk-lists-from-until = { $from } – { $until }
desk-lists-from = from { $from }
desk-lists-until = until { $until }
desk-lists-unexpected = Unexpected children
desk-lists-dash = —
desk-lists-hour = h
desk-lists-signed-by = Name:
desk-lists-signed-at = List closed at:
desk-lists-signature = Signature:
desk-lists-destroy = Personal data: to be thrown away or destroyed after the day.

# What the kitchen prepares
desk-lists-kitchen = Kitchen
desk-lists-order = To order: { $list }.
desk-lists-no-meal = No meal to order.
desk-lists-meals = { $count ->
    [one] { $count } meal
   *[other] { $count } meals
}
desk-lists-of-which = of which { $list }
desk-lists-baskets = { $count ->
    [one] { $count } packed lunch
   *[other] { $count } packed lunches
}
desk-lists-picnics = { $count ->
    [one] { $count } picnic
   *[other] { $count } picnics
}
desk-lists-meals-free = { $count ->
    [one] One more child may come without a reservation: its meal is not counted.
   *[other] { $count } more children may come without a reservation: their meals are not counted.
}
desk-lists-kitchen-diet = special diet
desk-lists-kitchen-allergy = with an allergy
desk-lists-kitchen-allergy-of = with { $text } allergy
