# Outages: when tablets could not reach the server, and what they handed back
outages-title = Outages
outages-about = The times when tablets could not reach the server. They go on pointing; each page says what they did meanwhile, and whether all of it came back.
outages-none = No known outage.
outages-none-then = A stop of the server of five minutes or more appears here by itself, and so does a return after an incident.
outages-new = Note an outage
outages-new-hint = A line that is cut at a school, for instance: the server cannot see that.
outages-note-it = Note this outage
outages-one = Outage of { $from }
outages-edit = Change this outage
outages-change = Change
outages-file = File for a spreadsheet
outages-recovery = See the return after the incident
outages-site = Site
outages-everywhere = All sites
outages-from-day = Beginning: day
outages-from-hour = Beginning: time
outages-until-day = End: day
outages-until-hour = End: time
outages-until-hint = End: leave empty while it lasts.
outages-cause = What it was
outages-cause-server = The server was stopped
outages-cause-loss = A loss, then a return from a backup
outages-cause-line = A line was cut
outages-cause-other = Another reason
outages-note = What is known of it
outages-note-hint = For instance: the digger next door, mended by the operator at 5 pm.
outages-source = Came back from
outages-future = This date is still to come.
outages-both = Give the day and the time of the end, or neither.
outages-column-from = Beginning
outages-column-until = End
outages-column-length = Length
outages-column-what = Cause
outages-column-where = Where
outages-going = Still going on
outages-moment = { $day } at { $hour }
outages-at = at { $hour }
outages-at-day = on { $day } at { $hour }
outages-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
outages-hours = { $hours } h { $minutes }
outages-days = { $count } days
outages-sum-none = No known tap was made off line during this outage.
outages-sum = { $made ->
    [one] { $made } tap made during the outage
   *[other] { $made } taps made during the outage
}, { $back } came back, the last { $last }.
outages-sum-nothing-back = { $made ->
    [one] { $made } tap made during the outage, not back yet.
   *[other] { $made } taps made during the outage, none of them back yet.
}
outages-complete = Every tablet concerned was heard of since and has nothing left to hand back.
outages-awaited = { $count ->
    [one] One tablet may still hand some back: it was not heard of since, or says that it holds some.
   *[other] { $count } tablets may still hand some back: they were not heard of since, or say that they hold some.
}
outages-disk-sum = { $count ->
    [one] { $count } of these taps came back from the lost disk, found since.
   *[other] { $count } of these taps came back from the lost disk, found since.
}
outages-disk = { $count ->
    [one] { $count } of them from the lost disk
   *[other] { $count } of them from the lost disk
}
outages-by-other = { $count } of them by { $tablet }
outages-tablets = Tablet by tablet
outages-no-tablets = No tablet was concerned.
outages-column-tablet = Tablet
outages-column-made = Made off line
outages-column-back = Came back
outages-column-owed = Still on the tablet
outages-nothing = Nothing known
outages-taps = { $count ->
    [one] { $count } tap
   *[other] { $count } taps
}
outages-span = from { $first } to { $last }
outages-withdrawn = Withdrawn
outages-not-heard = Not heard of since
outages-heard = Last exchange: { $at }
outages-never-heard = No exchange
outages-about-made = Counted are taps made between the beginning and the end, and received more than two minutes after they were made.
outages-about-loss = Counted are all taps made between the last operation in the backup and the return: the lost server may have had some; they count since they came back.
outages-file-made = Taps made off line
outages-file-made-first = First made
outages-file-made-last = Last made
outages-file-back-first = First back
outages-file-back-last = Last back
outages-file-others = Handed in by other tablets
outages-file-disk = Handed in by the lost disk
outages-file-owed = Still on the tablet
outages-file-heard = Last exchange
