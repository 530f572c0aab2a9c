# The sync page and contradictions
tablet-exchanges-back = Back to the list
tablet-exchanges-title = Exchanges with the town hall
tablet-exchanges-reading = Reading the exchanges…

# The line
tablet-exchanges-line = State of the line
tablet-exchanges-sync = Synchronise now
tablet-exchanges-last = Last exchange: { $at }.
tablet-exchanges-never = No exchange has succeeded yet.
tablet-exchanges-whole = Every mark of this tablet has reached the town hall.
tablet-exchanges-withdrawn = The town hall withdrew the rights of this tablet.
tablet-exchanges-then-sending = They are being sent; there is nothing to do.
tablet-exchanges-then-off = Go on ticking: sending resumes by itself as soon as the network is back.
tablet-exchanges-then-withdrawn = { $count ->
    [0] Take it back to the director or call the town hall.
    [one] Take it back to the director or call the town hall: { $number } mark is kept on it without a receipt.
   *[other] Take it back to the director or call the town hall: { $number } marks are kept on it without a receipt.
}

# Contradictions
tablet-exchanges-contradictions = { $count ->
    [one] One contradiction to settle
   *[other] { $Number } contradictions to settle
}
tablet-exchanges-settling = Touch what is true. Your choice makes one more mark; the others stay on file.
tablet-exchanges-elsewhere = This contradiction is settled at the town hall. Tell the director.
tablet-exchanges-said-settled = Contradiction settled: { $choice }

# Marks and their fate
tablet-exchanges-log = Marks of this tablet
tablet-exchanges-filters = Marks to show
tablet-exchanges-all = All
tablet-exchanges-waiting = Waiting
tablet-exchanges-accepted = Accepted
tablet-exchanges-in-backup = In backup
tablet-exchanges-refused = Refused
tablet-exchanges-in-conflict = Contradicted
tablet-exchanges-one-waiting = Waiting
tablet-exchanges-one-accepted = Accepted
tablet-exchanges-one-in-backup = In backup
tablet-exchanges-one-refused = Refused
tablet-exchanges-one-in-conflict = Contradicted
tablet-exchanges-newest = { $count ->
    [one] Only the newest is shown here; the others are kept.
   *[other] The { $count } newest are shown here; the others are kept.
}
tablet-exchanges-no-tap = No mark has been made on this tablet yet.
tablet-exchanges-no-tap-then = Go back to the list and touch a name: the mark will appear here.
tablet-exchanges-no-waiting = No mark is waiting.
tablet-exchanges-no-waiting-then = Everything ticked here has been handed in to the town hall.
tablet-exchanges-no-accepted = No accepted mark waits for its backup.
tablet-exchanges-no-accepted-then = Marks the town hall has recorded appear here until they are copied off-site.
tablet-exchanges-no-in-backup = No mark is in the backup so far.
tablet-exchanges-no-in-backup-then = Accepted marks get there once the town hall has copied them off-site.
tablet-exchanges-no-refused = No mark was refused.
tablet-exchanges-no-refused-then = A mark the server keeps aside would appear here; the town hall looks into it.
tablet-exchanges-no-in-conflict = No mark of this tablet is contradicted.
tablet-exchanges-no-in-conflict-then = A contradiction would appear at the top of this page, with what settles it.

# The tablet
tablet-exchanges-facts = To be told when you call the town hall
tablet-exchanges-device = Number of the tablet
tablet-exchanges-server = Server
tablet-exchanges-version = Version
tablet-exchanges-no-server = no server reached so far

# Another address
tablet-exchanges-address-open = Has the server’s address changed?
tablet-exchanges-address = New address of the server
tablet-exchanges-address-hint = The one the town hall tells you. Known addresses are kept: a typing error loses nothing.
tablet-exchanges-address-submit = Look for the server at this address
tablet-exchanges-address-busy = Looking…
tablet-exchanges-address-missing = Give the address that the town hall told you.
