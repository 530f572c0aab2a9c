# Tablets, payloads kept aside, unknown children

devices-title = Tablets
devices-add = Add a tablet
devices-none = No tablet is in use.
devices-none-then = Add one: you get a code to type in on the tablet.
devices-gone = Withdrawn tablets
devices-column-tablet = Tablet
devices-column-sites = Sites
devices-column-contact = Last contact
devices-column-owed = Taps waiting
devices-column-version = Version
devices-column-do = Action
devices-since = In use since { $date }
devices-never = Never
devices-owed-unknown = Not known
devices-owed-none = None
devices-owed = { $count ->
    [one] { $count } tap
   *[other] { $count } taps
}
devices-owed-hint = Taps waiting are those the tablet still held at its last contact.
devices-withdrawn = Withdrawn on { $at }
devices-revoke = Withdraw
devices-revoke-of = Withdraw “{ $tablet }”
devices-revoke-owed = { $count ->
    [one] At its last contact this tablet still held { $count } tap. If you can, let it synchronise first.
   *[other] At its last contact this tablet still held { $count } taps. If you can, let it synchronise first.
}
devices-revoke-down = From now on it receives nothing: no lists, no names, no taps.
devices-revoke-late = What it may still send is kept among the payloads set aside; a person decides whether it counts.
devices-revoke-final = A withdrawal cannot be undone. To use this tablet again, give it a new code.
devices-revoke-do = Withdraw the tablet
devices-back = Back to the tablets

devices-code-title = Add a tablet
devices-code-sites = Sites
devices-code-sites-hint = Where the tablet will point. It receives their lists only.
devices-code-sites-none = Choose at least one site.
devices-code-give = Give a code
devices-code-ready = Code of the new tablet
devices-code-qr = The address and the code, as a QR code
devices-code-step-open = Open Préau on the tablet.
devices-code-step-type = Type the address and the code below. The QR code holds both, for a device that can read it.
devices-code-server = Address of the server
devices-code-code = Code
devices-code-once = This code works once, until { $until }. It is no longer shown when you leave this page.

devices-aside-do-read = Open the payload: you read its taps and decide whether they count.
devices-aside-open = Examine
devices-aside-taken = Taken in
devices-aside-left = Left aside
devices-aside-settled = Payloads already examined
devices-aside-title = Sent by “{ $tablet }”
devices-aside-lines = { $count ->
    [one] One tap can be read.
   *[other] { $count } taps can be read.
}
devices-aside-already = { $count ->
    [0] None is stored yet.
    [one] One is stored already.
   *[other] { $count } are stored already.
}
devices-aside-caption = Taps of the payload that can be read
devices-aside-child = Child
devices-aside-said = Tap
devices-aside-activity = Activity
devices-aside-at = Made at
devices-aside-state = Stored
devices-aside-nobody = The whole list, or an unknown child
devices-aside-stored = Already
devices-aside-new = Not yet
devices-aside-unreadable = No tap of this payload can be read.
devices-aside-unreadable-then = Its bytes are kept. Compare the day’s list with the tablet’s, and point again what is missing.
devices-aside-take = Take in
devices-aside-take-hint = The taps that can be read enter the day’s list, under the tablet’s name and at their time. The other tablets receive them.
devices-aside-leave = Leave aside
devices-aside-leave-hint = Nothing changes on the list. The payload is kept, and so is this decision.
devices-aside-not-yours = The decision is for the site’s director or the town hall.
devices-aside-was-taken = This payload was taken in.
devices-aside-was-left = This payload was left aside.

devices-mark-in = Arrival
devices-mark-out = Departure
devices-mark-absent = Absence, { $reason }
devices-mark-close = { $count ->
    [0] List closed
    [one] List closed, { $count } child still expected
   *[other] List closed, { $count } children still expected
}
devices-mark-reopen = List opened again
devices-mark-correct = Time corrected: { $at }
devices-mark-void = Tap undone
devices-mark-note = Memo
devices-mark-welcome = Substitute taken on for the day
devices-mark-stranger = Unknown child: { $words }
devices-mark-transfer = Sent for the day to { $site }
devices-reason-unjustified = no reason given
devices-reason-announced = announced
devices-reason-illness = illness
devices-reason-family = family reason
devices-reason-school = with the school
devices-reason-other = other reason

devices-unknown-heading = Unknown children
devices-unknown-lead = These children were pointed without being on any list. Say who they are: their taps go under their name, here and on the tablets.
devices-unknown-words = Noted on the tablet
devices-unknown-place = Where and when
devices-unknown-who = Who it is
devices-unknown-open = To be recognised
devices-unknown-known = It is { $name }.
devices-unknown-say = Say who it is
devices-unknown-correct = Correct
devices-unknown-no-words = Without a name
devices-unknown-title = Who is “{ $words }”
devices-unknown-where = Pointed without being known: { $place }.
devices-unknown-search = Name or first name
devices-unknown-find = Search
devices-unknown-none = No child has this name.
devices-unknown-none-then = Try the first letters of the name or first name, or make its record first.
devices-unknown-more = More children match. Be more precise.
devices-unknown-is = It is { $name }
devices-unknown-born = born on { $date }

devices-done-withdrawn = The tablet is withdrawn. It receives nothing any more.
devices-done-taken = The payload is taken in. Its taps are on the day’s list.
devices-done-left = The payload is left aside. Its bytes are kept.
devices-done-recognised = Noted. Its taps are under its name from now on.
