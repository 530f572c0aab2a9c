# The tablet's core
core-unknown-child = Unknown child
core-enrol-no-answer = The server does not answer at this address ({ $why }). Check the address and the tablet’s network, then try again.
core-badge-pai = Care plan
core-badge-pai-for = Care plan: { $what }
core-badge-allergy = Allergy
core-badge-allergy-to = Allergy: { $what }
core-badge-diet = Diet
core-badge-leaves-alone = Leaves alone
core-badge-leaves-alone-when = Leaves alone { $when }
core-badge-forbidden = Forbidden person
core-badge-forbidden-to = Do not hand over to { $who }
core-role-directeur = Head
core-role-animateur = Youth worker
core-role-atsem = Nursery assistant
core-role-restauration = Canteen
core-role-remplacant = Substitute for today
core-age = { $years ->
    [0] under one year
    [1] 1 year
   *[other] { $years } years
}
core-born = born in { $year }
core-first-number = Number to call
core-reserved-for = Expected: { $what }
core-this-tablet = this tablet
core-that-tablet = tablet { $number }
core-own-tablet = This tablet
core-other-tablet = Tablet { $number }
core-said-in = Arrival
core-said-out = Departure
core-said-absent = Absence: { $why }
core-said-absent-day = Absence until the evening: { $why }
core-said-close = List closed: unexplained absence
core-said-close-present = List closed: presence
core-said-reopen = List opened again
core-said-correct = Time corrected: { $at }
core-said-correct-because = Time corrected: { $at } ({ $why })
core-said-void = Undone
core-said-void-of = Undone: { $what }
core-said-note = Memo
core-said-welcome = Substitute added
core-said-stranger = Unknown child
core-said-transfer = Sent to { $site }
core-reason-unjustified = unexplained
core-reason-announced = announced
core-reason-illness = illness
core-reason-family = family reason
core-reason-school = with the school
core-reason-other = other reason
core-because-forgotten = forgotten
core-because-mistaken = mistake
core-because-family = so the family says
core-because-clock = wrong clock
core-because-other = other reason
core-whole-list = List
core-clock-doubted = The tablet’s clock has changed since the last exchange: set it, then synchronise.
core-clock-ahead = The tablet is { $minutes ->
    [1] one minute
   *[other] { $minutes } minutes
} ahead of the server. Taps are noted at the server’s time.
core-clock-behind = The tablet is { $minutes ->
    [1] one minute
   *[other] { $minutes } minutes
} behind the server. Taps are noted at the server’s time.
core-deed-in = an arrival
core-deed-out = a departure
core-deed-absent = an absence
core-deed-close = the closing of the list
core-deed-reopen = the reopening of the list
core-deed-transfer = a move to another site
core-deed-other = a note
core-deed-at = { $what } at { $at }
core-conflict = { $subject }: { $said }
core-conflict-present-absent = { $here } noted { $what } at { $at }, { $there } an absence at { $then }; the child counts as having come.
core-conflict-out-before-in = { $here } noted a departure at { $at }, without any arrival.
core-conflict-two-sites = the child is pointed at once at { $site } at { $at } by { $here } and at { $other } at { $then } by { $there }.
core-conflict-two-corrections = the corrected time of { $what } is { $at } for { $here } and { $then } for { $there }; { $then } counts.
core-conflict-two-values = one mark has several contents ({ $values }); the first counts.
core-conflict-clock = the clock of { $here } changed before { $what } at { $at }; that time is not certain.
core-settle-present = The child was here at { $at }
core-settle-absent = The child was absent
core-settle-arrived = Add the arrival at { $at }
core-settle-undo-out = Undo the departure
core-settle-only-at = Only at { $site }
core-settle-left = Left { $site } at { $at }
core-settle-time = { $at } is the right time
core-settle-keep = Keep { $what }
core-settle-undo = Undo this mark
core-address-answered = Your town’s server answers at this address. The tablet will look there first from now on.
core-address-noted = Nobody answers at this address yet. It is noted and will be tried when the others do not answer; go on ticking.
