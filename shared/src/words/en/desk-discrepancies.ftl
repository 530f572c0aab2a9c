# Discrepancies of attendance.

discrepancy-title = Attendance discrepancies
discrepancy-views = What is shown
discrepancy-view-open = To decide ({ $count })
discrepancy-view-decided = Decided
discrepancy-sessions = Sessions
discrepancy-kinds = Kinds of discrepancies
discrepancy-every-kind = All
discrepancy-from = From
discrepancy-until = Until
discrepancy-site = Site
discrepancy-every-site = Every site
discrepancy-activity = Activity
discrepancy-every-activity = Every activity
discrepancy-left = { $count ->
    [one] One day of this period is still to be looked at.
   *[other] { $count } days of this period are still to be looked at.
}
discrepancy-go-on = Go on
discrepancy-none = Nothing to decide.
discrepancy-none-then = The attendance of this period agrees with the bookings. Widen the dates to look further back.
discrepancy-none-filtered = Nothing matches these filters. Remove one to see the others.
discrepancy-bar = For those ticked
discrepancy-all = All { $count } of this list, those of other pages too
discrepancy-group-count = { $count ->
    [one] 1 discrepancy
   *[other] { $count } discrepancies
}
discrepancy-list = The whole list
discrepancy-no-mark = Nothing was tapped.
discrepancy-received = received { $at }
discrepancy-does-not-fit = This decision does not fit { $count } of the { $all } chosen. Filter by kind, or untick them.
discrepancy-too-many = Choose { $most } at most at a time: shorten the period or filter by kind.
discrepancy-nothing-chosen = Nothing is ticked. Tick one, or use the button on its line.
discrepancy-moved = The list changed since you opened it: a tap arrived, or somebody decided. Here it is now; nothing was decided.
discrepancy-just-done = { $count ->
    [one] 1 discrepancy decided.
   *[other] { $count } discrepancies decided.
}
discrepancy-undo = Undo
discrepancy-undo-lot = { $count ->
    [one] Undo
   *[other] Undo all { $count }
}
discrepancy-minimum-service = Minimum service

discrepancy-kind-never-closed = List never closed
discrepancy-kind-booked-no-mark = Booked, nothing tapped
discrepancy-kind-not-booked = Present, not booked
discrepancy-kind-present-and-absent = Present and absent
discrepancy-kind-out-before-in = Out before in
discrepancy-kind-never-left = Never left
discrepancy-kind-two-sites = At two sites at once
discrepancy-kind-after-closing = Left after closing
discrepancy-kind-clock-jumped = Doubtful hour
discrepancy-kind-closed-day = Tapped on a closed day
discrepancy-kind-unknown-child = Unknown child
discrepancy-kind-returned = Handed back after a loss
discrepancy-kind-two-corrections = Two corrections
discrepancy-kind-two-values = Two values

discrepancy-decision-confirm = Confirm
discrepancy-decision-reserve = Make the booking
discrepancy-decision-justify = Justify the absence
discrepancy-decision-correct = Correct
discrepancy-decision-attach = Say who it is
discrepancy-decision-ignore = Leave as it is
discrepancy-quick-absent = Confirm the absence
discrepancy-quick-present = Confirm the presence
discrepancy-quick-over = It is over
discrepancy-done-confirm = Confirmed
discrepancy-done-reserve = Booking made
discrepancy-done-justify = Absence justified
discrepancy-done-correct = Corrected
discrepancy-done-attach = Child recognised
discrepancy-done-ignore = Left as it is
discrepancy-done-undone = Decision undone: the discrepancies are to be decided again.
discrepancy-done-waived = The session may be billed without waiting.
discrepancy-done-waits = The session waits again until it is complete.

discrepancy-stated-from-until = present from { $from } to { $until }
discrepancy-stated-from = present from { $from }
discrepancy-stated-until = present until { $until }
discrepancy-stated-present = present
discrepancy-stated-absent = absent: { $reason }
discrepancy-booked = Booked
discrepancy-booked-guest = Sent from another site
discrepancy-booked-from = expected at { $at }
discrepancy-booked-until = leaves at { $at }
discrepancy-closes = Closes at { $at }
discrepancy-mark-undone = undone since
discrepancy-mark-stated = hour typed by hand
discrepancy-mark-doubted = doubtful hour, the tablet said { $clock }
discrepancy-mark-returned = handed back by { $tablet } after a loss
discrepancy-mark-elsewhere = { $site }, { $activity }

discrepancy-what-is-right = What is right
discrepancy-was-present = The child was present
discrepancy-was-present-hint = Give the hours if you know them; those that are missing stay those of the tablet.
discrepancy-was-absent = The child was absent
discrepancy-was-absent-hint = Give the reason.
discrepancy-arrival = Arrival
discrepancy-departure = Departure
discrepancy-until-before-from = The departure is before the arrival.
discrepancy-why-absent = Reason of the absence
discrepancy-note = Note
discrepancy-note-ignore = Say why it is left as it is.
discrepancy-decide = { $count ->
    [one] Decide
   *[other] Decide for { $count } discrepancies
}
discrepancy-about = { $count ->
    [one] The decision is about one discrepancy.
   *[other] The decision is about { $count } discrepancies.
}
discrepancy-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
discrepancy-attach-title = Who is “{ $words }”?

discrepancy-decided-none = No decision in this period.
discrepancy-decided-none-then = What you decide is listed here and can be undone.
discrepancy-lot-lines = Details

discrepancy-sessions-lead = A session is complete when nothing of it is to be decided and no tablet owes it a tap. Only complete sessions are billed.
discrepancy-sessions-none = No session in this period.
discrepancy-sessions-none-then = Nobody was expected and nothing was tapped. Widen the dates.
discrepancy-session = Session
discrepancy-session-booked = Booked
discrepancy-session-present = Present
discrepancy-session-state = State
discrepancy-session-open = { $count ->
    [one] 1 discrepancy to decide
   *[other] { $count } discrepancies to decide
}
discrepancy-complete = Complete
discrepancy-going-on = Going on or to come
discrepancy-incomplete = Incomplete
discrepancy-owed-taps = { $count ->
    [one] { $tablet } still owes a tap.
   *[other] { $tablet } still owes { $count } taps.
}
discrepancy-owed-silent = { $tablet } was not heard of since: last exchange { $since }.
discrepancy-owed-never = { $tablet } was not heard of yet.
discrepancy-owed-loss = { $tablet } has not handed everything back yet after the loss.
discrepancy-waived = May be billed without waiting: { $reason }
discrepancy-waive = Bill without waiting…
discrepancy-waive-end = Wait again
discrepancy-waive-title = Bill without waiting
discrepancy-waive-end-title = Wait again
discrepancy-waive-why = Why
discrepancy-waive-hint = Your name and this reason stay in the history. The discrepancies stay to be decided.
discrepancy-waive-save = Allow billing

discrepancy-of-list = Decide on the discrepancies of this list
