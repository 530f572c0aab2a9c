## The town hall

desk-title = { $page } – { $commune } – Préau
desk-title-bare = { $page } – Préau
desk-skip = Skip to content
desk-log-out = Log out
desk-back = Back to the start page

# Logging in
desk-login-title = Log in
desk-login-email = E-mail address
desk-login-password = Password
desk-login-submit = Log in
desk-login-no-email = Type your e-mail address.
desk-login-no-password = Type your password.
desk-login-wrong = This address and this password do not go together. Check them and try again.
desk-login-locked = Too many attempts: logging in is blocked until { $until }. Try again then, or ask your administrator for a new link.
desk-login-in-clear = This address is not encrypted: your password could be read on its way. Open the same page with an address that begins with https, or tell your host.
desk-login-activated = Password saved. You can log in.
desk-login-help = Forgotten password: ask your administrator for a new link.

# Choosing a password
desk-activation-title = Choose a password
desk-activation-for = For the account { $email }.
desk-activation-password = New password
desk-activation-hint = At least { $count } characters. Several words in a row do very well.
desk-activation-again = The same, a second time
desk-activation-submit = Save
desk-activation-short = This password is too short: it takes at least { $count } characters.
desk-activation-long = This password is too long. Choose one of fewer than 200 characters.
desk-activation-differ = The two passwords are different. Type the same one twice.

# Why there is no page
desk-commune-unknown = Unknown town
desk-commune-unknown-then = This town is not on this server. Check the address, or ask your town hall for it.
desk-page-unknown = Page not found
desk-page-unknown-then = There is nothing at this address. Check it, or start again from the start page.
desk-wrong-method = Page not found
desk-wrong-method-then = This address does not open that way. Start again from the start page.
desk-form-refused = Form refused
desk-form-refused-then = This form did not come from a page that you opened, or that page was too old. Nothing was changed. Go back to the start page and try again; if it goes on, allow cookies for this site.
desk-form-unreadable = Form not readable
desk-form-unreadable-then = The server could not read what was sent. Nothing was changed. Go back to the start page and try again.
desk-forbidden = Not for your role
desk-forbidden-then = Your role does not reach this page. Ask your administrator.
desk-link-unknown = Unknown link
desk-link-unknown-then = This link does not exist. Check that it is whole, or ask your administrator for another.
desk-link-used = Link already used
desk-link-used-then = A password was chosen with this link already. Log in with that password; if it was not you, ask your administrator for another link at once.
desk-link-expired = Link expired
desk-link-expired-then = This link is no longer good: it is for seven days only. Ask your administrator for another.
desk-account-withdrawn = Account withdrawn
desk-account-withdrawn-then = This account was withdrawn. Ask your administrator.
desk-too-many-tries = Too many attempts
desk-too-many-tries-then = Too many unknown links were opened from there. Wait a quarter of an hour, then open the link just as it was sent to you, or ask the council’s administrator for another.
desk-busy = Server very busy
desk-busy-then = The server could not answer. Nothing is lost; try again in a moment.
desk-fault = Server error
desk-fault-then = The server could not prepare this page. Nothing was changed. Try again; if it goes on, tell your host.

# The start page
desk-home-title = Start
desk-home-heading = Today
desk-home-caption = Today’s attendance, by site and activity
desk-home-kept-aside = { $count ->
    [one] One payload of a tablet was kept aside: someone has to look at it.
   *[other] { $count } payloads of tablets were kept aside: someone has to look at them.
}
desk-home-kept-aside-see = Look
desk-no-site = No site is registered yet.
desk-no-site-then = Sites appear here once the host or the administrator has made them.
desk-nothing-today = No activity on this day.
desk-nothing-today-then = Choose another date or another site.

# A day’s attendance
desk-board-title = { $site }, { $date }
desk-days = Days
desk-day-before = Previous day
desk-day-today = Today
desk-day-after = Next day
desk-print = Print
desk-filter-site = Site
desk-filter-date = Date
desk-filter-show = Show
desk-stale = The line to the server is cut. The list shown is that of the time given below; it will bring itself up to date.
desk-tabs = Activities of the day
desk-tab-expected = { $count ->
    [one] { $count } expected
   *[other] { $count } expected
}
desk-tab-present = { $count ->
    [one] { $count } present
   *[other] { $count } present
}
desk-tab-closed = List closed
desk-caption = Children on the list, { $activity }
desk-list-open = List open
desk-list-closed = List closed at { $at }
desk-list-reopened = Closed at { $at }, then ticked again
desk-nobody = No child is expected at this activity.
desk-nobody-then = Children with a reservation appear here, and those ticked without one too.
desk-not-today = This activity does not take place on this day.
desk-not-today-then = Choose another activity above, or another date.
desk-as-of = As of { $at }.
desk-column-name = Name
desk-column-activity = Site and activity
desk-column-details = Class and booking
desk-column-badges = To know
desk-column-state = Attendance
desk-column-in = Arrival
desk-column-out = Departure
desk-count-expected = Expected
desk-count-present = Present
desk-count-left = Left
desk-count-absent = Absent
desk-count-unexpected = Unexpected
desk-state-expected = Expected
desk-state-present = Present
desk-state-left = Left
desk-state-absent = Absent
desk-unexpected = { $count ->
    [one] Unexpected: ticked without a reservation
   *[other] Unexpected: { $count } children ticked without a reservation
}
desk-child-unknown = Unknown child (file …{ $id })
desk-planned = planned { $at }
desk-by-closing = { $reason }, at closing
desk-row-conflict = Contradicting ticks
desk-sitting-first = 1st sitting
desk-sitting = sitting { $n }
desk-comes-from = comes from: { $place }
desk-goes-to = goes to: { $place }
desk-reason-unjustified = Not justified
desk-reason-announced = Announced by the family
desk-reason-illness = Ill
desk-reason-family = Family reason
desk-reason-school = With the school
desk-reason-other = Another reason
desk-badge-pai = PAI
desk-badge-pai-of = PAI { $text }
desk-badge-allergy = Allergy
desk-badge-allergy-of = Allergy { $text }
desk-badge-diet = Diet
desk-badge-diet-of = Diet: { $text }
desk-badge-alone = Leaves alone
desk-badge-alone-of = Leaves alone { $text }
desk-badge-collector = Someone must not collect
desk-badge-collector-of = Must not collect: { $text }

# Contradicting ticks
desk-conflicts = { $count ->
    [one] One tick to check
   *[other] { $count } ticks to check
}
desk-conflicts-then = Both ticks are kept. Ask the site to tick what is true: the new tick settles it.
desk-conflict-present-absent = one tablet notes presence at { $present }, another absence at { $absent }.
desk-conflict-out-before-in = departure noted at { $out }, without an arrival.
desk-conflict-two-sites = presence noted at the same time at { $a } and at { $b }.
desk-conflict-two-corrections = the same tick was corrected twice, to { $a } and to { $b }.
desk-conflict-two-values = a tick came in two different forms.
desk-conflict-clock = the tablet’s clock seemed wrong at the tick of { $after }.

# What was kept aside
desk-aside-title = Payloads kept aside
desk-aside-lead = The server could not take these payloads of tablets as they were. The ticks that could be read, of a tablet with rights on the site, were stored; the bytes received are kept here.
desk-aside-received = Received
desk-aside-tablet = Tablet
desk-aside-list = List
desk-aside-why = Reason
desk-aside-size = Size
desk-aside-none = Nothing was kept aside.
desk-aside-none-then = All that the tablets sent was stored.
desk-aside-tablet-unnamed = Tablet …{ $id }
desk-aside-site-unknown = Unknown site
desk-aside-damaged = The payload is damaged.
desk-aside-too-large = The payload is too large.
desk-aside-forbidden-change = The payload asked for something else than adding ticks.
desk-aside-malformed-mark = A tick of the payload cannot be read.
desk-aside-duplicate-sequence = The tablet numbered two payloads alike, for instance after a repair.
desk-aside-head-missing = The payload is incomplete.
desk-aside-library-fault = The server could not read the payload.
desk-aside-withdrawn-device = The tablet was withdrawn; its late marks wait for your decision.
desk-aside-foreign-site = The tablet is not associated with this site.
desk-aside-other = Another reason: { $word }.
desk-aside-do = What to do
desk-aside-do-compare = Compare the day’s list, here, with that of the tablet; tick again what is missing.
desk-aside-do-host = If more payloads of the same tablet come here, give this page to your host.
desk-bytes = { $count } bytes
desk-kilobytes = { $size } kB

# Where the bar leads
desk-places = Sections
desk-place-today = Today
desk-place-children = Children
desk-place-bookings = Bookings
desk-place-lists = Lists
desk-place-calendar = Calendar
desk-place-settings = Settings
desk-place-tablets = Tablets
desk-place-discrepancies = { $count ->
    [0] Discrepancies
   *[other] Discrepancies ({ $count })
}
desk-place-quarantine = Set aside ({ $count })

# Forms and lists
form-save = Save
form-cancel = Cancel
form-optional = (optional)
form-colon = : { "" }
form-crumbs = You are here
form-title-error = Error – { $title }
form-summary = { $count ->
    [one] Nothing is saved: one point has to be mended.
   *[other] Nothing is saved: { $count } points have to be mended.
}
form-missing = Fill in this field.
form-none-chosen = Make a choice.
form-too-long = Shorten this text: { $max } characters at most.
form-not-a-date = Write a date that exists, such as 23/11/2026.
form-not-a-time = Write a time, such as 8:30.
form-not-a-number = Write a whole number from { $least } to { $most }.
form-not-an-email = Write an e-mail address, such as name@townhall.example.
form-not-a-phone = Write a telephone number, such as 04 65 71 00 00.
form-not-a-slug = Use lower-case letters without accents, digits and hyphens, 40 at most.
form-unknown-choice = This choice no longer exists. Choose another one.
form-taken = This name is taken. Choose another one.
form-wrong-word = Write the word { $word } to confirm.
form-type-word = To confirm, write { $word }
form-overtaken = Somebody else has just changed this record. Nothing is overwritten.
form-overtaken-then = Under each field that differs stands what is saved now. Keep what you typed or take the other value, then save; “Cancel” leaves everything as it is.
form-newer = Saved meanwhile: { $value }
form-newer-nothing = Saved meanwhile: nothing
form-newer-ticked = Saved meanwhile: box ticked
form-newer-unticked = Saved meanwhile: box not ticked
form-done-saved = Saved.
form-done-created = Created.
form-done-retired = Retired. What exists already stays as it is.
form-done-restored = Offered again.
form-done-removed = Removed.
form-done-dismissed = Dismissed. This agent can no longer log in.
form-done-unchanged = Nothing to change: it was so already.
form-filter-all = Show all
form-pages = Pages of the list
form-page-of = Page { $page } of { $last }, { $total } lines
form-page-before = Previous
form-page-after = Next
form-monday = Monday
form-tuesday = Tuesday
form-wednesday = Wednesday
form-thursday = Thursday
form-friday = Friday
form-saturday = Saturday
form-sunday = Sunday

# What is neither expected nor absent
desk-state-away = On an outing
desk-state-free = May come
desk-away-picnic = { $place }, picnic
desk-moved-to = Sent to { $site }
desk-guest-from = Comes from { $site }
desk-count-away = On an outing
desk-count-free = May come
desk-line-away = { $count ->
    [one] { $count } on an outing or at another site
   *[other] { $count } on an outing or at another site
}
desk-line-free = { $count ->
    [one] { $count } may come
   *[other] { $count } may come
}
desk-child-described = Unknown child: { $described }
desk-list-closed-by = List closed at { $at } by { $by }
desk-list-reopened-by = Closed at { $at } by { $by }, then pointed again

# A session that ended in a form
desk-login-kept = Your session had ended. What you typed is kept on this page: log in, then send it.
desk-resume-title = You are logged in again
desk-resume-said = What you typed before your session ended is not lost. Nothing is saved yet.
desk-resume-send = Send what I typed
desk-resume-drop = Drop what I typed
