# A history that was found again

merge-kind-marks = Marks
merge-kind-reserve = Reservations
merge-kind-cancel = Cancellations
merge-kind-child = Children’s cards
merge-kind-household = Households and guardians
merge-kind-staff = Staff
merge-kind-structure = Schools, sites and activities
merge-kind-calendar = Calendar
merge-kind-agents = Agents
merge-kind-guardians = Families’ access
merge-kind-tablets = Tablets put into service
merge-kind-aside = Payloads kept aside
merge-kind-withdrawals = Withdrawals
merge-kind-lists = Lists handed back by tablets
merge-kind-discrepancies = Discrepancies
merge-kind-incidents = Incident posts
merge-kind-other = The server’s own operations

merge-broke = The merge stopped over a fault of the program. What was merged stands; run it again, nothing is merged twice.

merge-title = A history found again
merge-lead = A disk, a snapshot or a copy still holds operations that are missing here: they are read, proved one by one and merged into the town’s record while it goes on.

merge-run = Being read or merged: { $name }
merge-run-see = See how far it is

merge-open = { $count ->
    [one] One operation to settle
   *[other] { $count } operations to settle
}
merge-open-lead = What was found does not say what is here today. Nothing changes before you choose.
merge-open-troubles = { $count ->
    [one] One choice could not be written: the reason stands under the operation.
   *[other] { $count } choices could not be written: the reason stands under each operation.
}
merge-open-more = { $count ->
    [one] And one more operation.
   *[other] And { $count } more operations.
}
merge-open-made = Made { $made }, by { $who }
merge-group = { $kind } ({ $count })
merge-side-field = Field
merge-side-here = Today
merge-side-found = Found
merge-nothing-said = Nothing
merge-keep = Keep today’s
merge-take = Take what was found
merge-keep-ticked = Keep today’s for the ticked ones
merge-take-ticked = Take what was found for the ticked ones
merge-keep-all = Keep today’s for all { $count }
merge-note = Note (optional)
merge-waits = An older operation on the same subject is to be settled first.
merge-choose = Tick at least one operation.

merge-families = Families to tell
merge-families-count = { $count ->
    [one] One merged operation is about reservations.
   *[other] { $count } merged operations are about reservations.
}
merge-families-mail = No message is sent: telling them is up to you.
merge-families-see = See the list
merge-families-lead = Reservations that the merge made or cancelled.
merge-families-none = No family to tell.
merge-families-more = { $count ->
    [one] And one more, older operation.
   *[other] And { $count } more, older operations.
}
merge-tell-made = Reserved
merge-tell-cancelled = Cancelled
merge-nameless = Unknown child

merge-sources = Found by the server
merge-sources-lead = Reading changes nothing: you see first what is missing.
merge-sources-none = No store was set aside on this server, and no off-site copy is set up.
merge-source-aside = Store set aside
merge-source-offsite = Off-site copy
merge-source-read = Read what is missing

merge-upload = Send a file
merge-upload-lead = A snapshot, or the file { $slug }.db of the disk that was found, however damaged. The server removes it after use.
merge-file = File found
merge-file-hint = { $gb } GB at most. Beyond that, or where the disk is mounted on the server: preau-server merge.
merge-file-send = Send and read
merge-file-missing = Choose a file.
merge-file-too-large = This file is too large to be sent so: copy it to the server, then « preau-server merge ».
merge-file-unwritable = The server could not keep this file (is its disk full?). Nothing changed.

merge-listed = Told, never merged
merge-listed-lead = Log-ins, codes, enrolments, work of the server: they have no use today.
merge-listed-count = { $count ->
    [one] One operation
   *[other] { $count } operations
}
merge-listed-more = { $count ->
    [one] And one more, older.
   *[other] And { $count } more, older.
}
merge-listed-made = { $made }, by { $who }

merge-past = Merges
merge-past-line = { $count ->
    [one] One operation was missing. Asked for by { $who }.
   *[other] { $count } operations were missing. Asked for by { $who }.
}

merge-stage-reading = Being read
merge-stage-read = What is missing here
merge-stage-merging = Being merged
merge-stage-merged = Merged
merge-stage-stopped = The merge could go no further
merge-reading = The source is read and each operation proved. Nothing is written.
merge-merging = { $done } operations of { $all } are done. Tablets and town hall go on.
merge-goes-on = You may leave this page: the work goes on without it.
merge-again = How far is it?
merge-back = Back to the merges
merge-problems = To be known
merge-nothing = Nothing is missing.
merge-nothing-then = All that this source holds is here already, or was merged.
merge-would = { $count ->
    [one] One operation of this source is missing here.
   *[other] { $count } operations of this source are missing here.
}
merge-then-settle = To settle after the merge
merge-do = Merge
merge-do-lead = Merging the same source twice changes nothing the second time.
merge-leave = Leave as it is
merge-merged = { $count ->
    [0] Done. No operation was merged as it was.
    [one] One operation was merged.
   *[other] { $count } operations were merged.
}
merge-settle-now = { $count ->
    [one] Settle the operation that is left
   *[other] Settle the { $count } operations that are left
}
merge-column-caption = What becomes of each kind of operation
merge-column-kind = Kind
merge-column-applied = Merged
merge-column-there = There already
merge-column-settle = To settle
merge-column-listed = Told
merge-column-all = Total
merge-earlier = { $count ->
    [one] One had been dealt with by an earlier merge.
   *[other] { $count } had been dealt with by an earlier merge.
}
merge-run-gone = This server no longer keeps what was read. Begin again: what was merged is merged.
merge-done-settled = Your choice is written.
merge-recovery-link = A disk or a copy was found? Merge what is missing
desk-place-merge = { $count ->
   *[other] To settle ({ $count })
}
