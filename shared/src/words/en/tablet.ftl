## The tablet

tablet-opening = Opening the tablet…
tablet-retry = Try again
tablet-understood = Understood
tablet-give-up = Close
tablet-trouble-unknown = The tablet could not do what was asked. Nothing was changed, what was ticked is kept. Try again; if it goes on, close the application and open it again.
tablet-sun = Full sun
tablet-number-start = { $count ->
    [0] Zero
    [1] One
    [2] Two
    [3] Three
    [4] Four
    [5] Five
    [6] Six
    [7] Seven
    [8] Eight
    [9] Nine
    [10] Ten
    [11] Eleven
    [12] Twelve
    [13] Thirteen
    [14] Fourteen
    [15] Fifteen
    [16] Sixteen
    [17] Seventeen
    [18] Eighteen
    [19] Nineteen
    [20] Twenty
   *[other] { $count }
}

# Enrolment
tablet-enrol-title = Enrol this tablet
tablet-enrol-lead = To be done once. Ask your town’s childcare office for the code.
tablet-enrol-server = Server address
tablet-enrol-code = Tablet code
tablet-enrol-code-hint = Capitals, small letters and spaces do not matter. A code serves once.
tablet-enrol-submit = Enrol this tablet
tablet-enrol-busy = Enrolling…
tablet-enrol-incomplete = The server address or the code is missing. Fill in both fields.

# Header
tablet-site = Site
tablet-dates = Date of the list
tablet-date-before = Previous day
tablet-date-after = Next day
tablet-date-today = Today
tablet-online = On line
tablet-online-waiting = { $count ->
    [one] On line. { $Number } mark being sent, saved on the tablet.
   *[other] On line. { $Number } marks being sent, all saved on the tablet.
}
tablet-offline = Off line.
tablet-offline-since = Off line since { $since }.
tablet-offline-waiting = { $count ->
    [0] Nothing waits to be sent.
    [one] { $Number } mark waiting to be sent, saved on the tablet.
   *[other] { $Number } marks waiting to be sent, all saved on the tablet.
}
tablet-last-sync = , last exchange at { $at }
tablet-quarantined = { $count ->
    [one] { $Number } mark set aside by the server, to be looked at by the town.
   *[other] { $Number } marks set aside by the server, to be looked at by the town.
}
tablet-sync = Synchronise
tablet-syncing = Exchanging…

# Activities and filters
tablet-activities = Activities of the day
tablet-tab-expected = { $count } expected
tablet-tab-present = { $count } present
tablet-tab-left = { $count } gone
tablet-tab-closed = closed at { $at }
tablet-tab-unclosed = to be closed
tablet-tab-none = no child
tablet-children = Children
tablet-filters = Children to show
tablet-filter-expected = Expected
tablet-filter-present = Present
tablet-filter-left = Gone
tablet-filter-absent = Absent
tablet-filter-all = All
tablet-search = Search a name
tablet-search-elsewhere = { $count ->
    [one] { $Number } other child of the list answers this search.
   *[other] { $Number } other children of the list answer this search.
}
tablet-search-everywhere = Search the whole list

# What a touch does
tablet-hint-in = Touch a name to note an arrival.
tablet-hint-present = Touch a name to note a presence.
tablet-hint-out = Touch a name to note a departure.
tablet-hint-absent = Touch a name to note an absence.
tablet-next-in = Touch: note the arrival
tablet-next-present = Touch: note the presence
tablet-next-out = Touch: note the departure
tablet-next-absent = Touch: note the absence
tablet-next-none = Touch: see the card

# A row
tablet-of = of { $name }
tablet-of-vowel = of { $name }
tablet-state-expected = To tick
tablet-state-present = Present
tablet-state-left = Gone
tablet-state-absent = Absent
tablet-pending = One moment…
tablet-expected-at = due at { $at }
tablet-since = at { $at }
tablet-at = at { $at }
tablet-waiting = waiting to be sent
tablet-conflict = Marks disagree
tablet-conflict-then = Two marks contradict each other. Tick what is true now: the new mark settles it, the old ones stay on file.
tablet-not-booked = Not booked
tablet-sitting-first = 1st sitting
tablet-sitting = sitting { $n }
tablet-table = table { $table }
tablet-comes-from = comes from: { $place }
tablet-leaves-at = leaves { $at }
tablet-leaves-for = goes to: { $place }
tablet-absent = Absent
tablet-absent-of = Absent: { $name }
tablet-undo = Undo
tablet-undo-of = Undo the mark { $of }
tablet-more-of = Card { $of }
tablet-nothing-to-know = No particular instruction.
tablet-absent-by-closing = Absence noted by closing the list.
tablet-do-in = Note the arrival
tablet-do-present = Note the presence
tablet-do-out = Note the departure
tablet-do-back = Note the return
tablet-do-absent = Note an absence
tablet-do-reason = Change the reason
tablet-reasons = Reason for the absence
tablet-reasons-of = Reason for the absence { $of }
tablet-reason-unjustified = Not justified
tablet-reason-announced = Announced by the family
tablet-reason-illness = Ill
tablet-reason-family = Family reason
tablet-reason-school = With the school
tablet-reason-other = Other

# What is said aloud
tablet-said-at = { $said } at { $at }
tablet-said-present = presence { $of } noted
tablet-said-left = departure { $of } noted
tablet-said-absent = absence { $of } noted
tablet-said-expected = mark { $of } noted
tablet-said-undone = mark { $of } undone
tablet-said-closed = list closed
tablet-said-reopened = list open again

# Closing the list
tablet-close = Close the list
tablet-close-again = Close again
tablet-close-none = Nobody is expected any more.
tablet-close-absent = { $count ->
    [one] { $count } child still expected will be noted absent, not justified.
   *[other] { $count } children still expected will be noted absent, not justified.
}
tablet-close-present = { $count ->
    [one] { $count } child still expected will be noted present.
   *[other] { $count } children still expected will be noted present.
}
tablet-closed-at = List closed at { $at }
tablet-reopen = Open again
tablet-reopened = The list is open again.

# Empty lists
tablet-nobody-found = No child of the list answers “{ $query }”.
tablet-nobody-found-then = Try the beginning of the first or last name, without accents if you like.
tablet-nobody-listed = No child is expected at this activity.
tablet-nobody-listed-then = Should children come all the same, tell the person in charge: nothing is booked for them.
tablet-nobody-no-activity = No activity on this day.
tablet-nobody-no-activity-then = Choose another date.
tablet-nobody-missing = The list of this date is not on the tablet.
tablet-nobody-missing-then = Synchronise when the network is back, or take the printed list.
tablet-nobody-expected = Nobody is expected any more.
tablet-nobody-expected-then = Every child of the list is ticked.
tablet-nobody-present = No child is here yet.
tablet-nobody-present-then = Children ticked on arrival appear here.
tablet-nobody-left = No departure yet.
tablet-nobody-left-then = Children ticked on departure appear here.
tablet-nobody-absent = Nobody is absent.
tablet-nobody-absent-then = Absences appear here.
tablet-nobody-all = No child on this list.
tablet-nobody-all-then = Choose another activity or another date.

# What must be said above the list
tablet-notices = Notices
tablet-withdrawn = The town has withdrawn this tablet’s rights. What was ticked stays saved on the tablet. Bring it back to the person in charge or call the town hall.
tablet-unconfirmed = Unconfirmed list: that of the same weekday of another week. You can tick, nothing will be lost. Synchronise as soon as possible.
tablet-missing = The list of this date is not on the tablet. Synchronise when the network is back; what you tick is kept.
tablet-before-loss = List from before the incident: the town hall is checking the reservations. Tick as usual, nothing will be lost.
tablet-withheld = The town hall must confirm this tablet before names come back to it. Tick as usual: everything is kept and handed in.
tablet-back = The server is back from an incident. This tablet hands back what it lost: { $what }.
tablet-back-done = The server is back from an incident. This tablet handed back what it had lost: { $what }. Everything was handed back. Nothing was lost here.
tablet-back-marks = { $count ->
    [one] { $count } mark
   *[other] { $count } marks
}
tablet-back-lists = { $count ->
    [one] { $count } list
   *[other] { $count } lists
}
tablet-conflicts = Some marks contradict each other. The children concerned bear a triangle: tick them again.
tablet-clock = The tablet’s clock seems wrong: it says { $date }. Which date are you ticking? You can go on ticking.
tablet-clock-right = It is { $date }
tablet-clock-other = Other date
tablet-clock-format = dd/mm/yyyy
tablet-clock-show = Show this date

# Order, groups, several at once
tablet-exchanges = Exchanges
tablet-filter-away = Elsewhere
tablet-filter-free = May come
tablet-sort = Sort by
tablet-sort-name = Last name
tablet-sort-first = First name
tablet-sort-arrival = Expected arrival
tablet-sort-departure = Expected departure
tablet-sort-class = Class
tablet-groups = Groups and classes
tablet-groups-all = Everyone
tablet-no-class = No class
tablet-letters = Go to a letter
tablet-letters-at = Go to names in { $letters }
tablet-many = Several
tablet-many-hint = Touch the children, then what to note.
tablet-many-count = { $count ->
    [one] { $Number } child chosen
   *[other] { $Number } children chosen
}
tablet-many-all-here = All are here ({ $count })
tablet-many-class-here = The whole class is here ({ $count })
tablet-many-group-here = The whole group is here ({ $count })
tablet-many-choose-all = Choose all
tablet-many-absent = Note absent
tablet-next-choose = Touch: choose
tablet-done-in = { $count ->
    [one] { $Number } arrival noted
   *[other] { $Number } arrivals noted
}
tablet-done-present = { $count ->
    [one] { $Number } presence noted
   *[other] { $Number } presences noted
}
tablet-done-out = { $count ->
    [one] { $Number } departure noted
   *[other] { $Number } departures noted
}
tablet-done-absent = { $count ->
    [one] { $Number } absence noted
   *[other] { $Number } absences noted
}
tablet-undo-all = Undo all
tablet-said-undone-all = marks undone
tablet-together-ask = Brothers or sisters { $of } are still here.
tablet-together = Left together: { $names }
tablet-list-and = { $first } and { $last }
tablet-rest-of-day = All the rest of the day
tablet-close-away = { $count ->
    [one] One child who is elsewhere is left alone.
   *[other] { $count } children who are elsewhere are left alone.
}
tablet-close-free = { $count ->
    [one] One child who might have come is left alone.
   *[other] { $count } children who might have come are left alone.
}
tablet-conflicts-open = Look and settle
tablet-state-away = Elsewhere
tablet-state-moved = Other site
tablet-state-free = May come
tablet-tab-away = { $count } elsewhere
tablet-tab-unexpected = { $count } unexpected
tablet-tag-guest = Comes from { $site }
tablet-tag-moved = Went to { $site }
tablet-tag-picnic = Picnic
tablet-tag-stranger = To be identified
tablet-age = { $age ->
    [0] under one
   *[other] aged { $age }
}
