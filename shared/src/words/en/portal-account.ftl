# The account, its history and its end.
account-none = Not given
account-login = Login
account-login-then = You log in with it. To change it, ask your { $label }: a message will be sent to the new address to check it.
account-email = Contact e-mail
account-phone = Telephone
account-contact = Contact
account-contact-then = Your e-mail and telephone
account-notices = Notifications
account-notices-then = What you receive, and how
account-password = Password
account-password-then = Choose another one
account-factor = Two-step log-in
account-factor-then = A code from your telephone at each log-in
account-sessions = Devices logged in
account-sessions-then = See them and log them out
account-identity = FranceConnect
account-identity-then = Log in without a password of ours
account-history = History
account-history-then = Everything that was done, when and from where
account-data = My data
account-data-then = Download a copy
account-delete = Delete my account
account-delete-then = What you lose, and how to do it
account-done-contact = Telephone saved.
account-done-address = A message left for the new address. Open its link: the address is taken then.
account-done-tied = Your FranceConnect identity is tied to this account.
account-done-untied = Your FranceConnect identity is no longer tied to this account.
account-phone-hint = Such as 06 39 98 12 34. Leave it empty to take it off.
account-email-stands = Current address: { $email }.
account-email-none = No address is on file.
account-new-email = New address
account-new-email-hint = A message is sent there. Its link works for { $days } days; the address changes only once that link is opened.
account-email-send = Send the message
account-email-same = That is your address already.
account-data-what = You get a compressed folder: a page to read and a file for programs (JSON). It holds your account, your household, your children, their reservations, your requests, what you were sent and your history.
account-data-care = It holds personal data: keep it in a safe place. This download is noted in your history.
account-data-take = Download my data
account-copy-title = Data of { $person } – { $commune }
account-copy-made = Copy made on { $when }.
account-copy-nothing = Nothing.
account-copy-account = Account
account-copy-household = Household
account-copy-children = Children
account-copy-bookings = Reservations
account-copy-requests = Requests
account-copy-notices = Feed
account-copy-letters = Messages sent
account-copy-choices = Notification choices
account-copy-accepted = Texts accepted
account-copy-history = History
account-copy-name = Name
account-copy-activated = Account opened
account-copy-factor = Two-step log-in
account-copy-identity = FranceConnect
account-copy-yes = Yes
account-copy-no = No
account-copy-cancelled = cancelled
account-copy-mail = e-mail
account-copy-push = telephone or computer
account-copy-born = Born on { $day }
account-delete-lost = Deleting your account means losing:
account-delete-lost-login = your login, your password and two-step log-in;
account-delete-lost-notices = your notification choices and the devices that receive them;
account-delete-lost-access = access to your reservations, bills and requests on this portal.
account-delete-restore = { $days ->
    [0] You cannot undo this, nor can your { $label }.
    [1] You cannot undo this. Your { $label } can restore the account for one day.
   *[other] You cannot undo this. Your { $label } can restore the account for { $days } days.
}
account-delete-kept = Your children’s files, their reservations and your bills stay at the { $label }, which needs them to look after your children.
account-delete-word = Type { $word } to confirm
account-delete-do = Delete my account
account-deleted = Account deleted
account-deleted-then = Your account is deleted and all your devices are logged out. A message confirms it.
account-identity-tied = A FranceConnect identity is tied to this account: it is enough to log in.
account-identity-none = Tie your FranceConnect identity to this account: it will then be enough to log in. You will be led to FranceConnect, then back here.
account-identity-tie = Tie with FranceConnect
account-identity-untie = Untie
account-tie = Tie this identity
account-tie-name = FranceConnect says: { $name }. This identity will open your account.
account-tie-password = Your current password
account-tie-password-hint = It confirms that it is you who ties this identity.
account-tie-do = Tie to my account
account-tie-wrong = That is not the password of this account.
account-tie-stale = This request is too old. Start again from the FranceConnect page of your account.
history-since = What was done since { $day }, newest first.
history-kinds = Choose a kind of action
history-kind-all = All
history-kind-account = Account
history-kind-bookings = Reservations
history-kind-presence = Attendance
history-kind-file = File
history-kind-requests = Requests
history-behind = Recent actions are still being read. Reload the page in a minute.
history-empty = Nothing to show.
history-older = Older actions
history-newest = Newest actions
history-by-you = web, by you
history-by-other = web, by { $name }
history-by-portal = web
history-by-town = { $label }
history-by-phone = telephone ({ $label })
history-by-tablet = tablet
history-by-server = server
history-in-password = Log-in with password
history-in-factor = Log-in with password and telephone code
history-in-recovery = Log-in with a recovery code
history-in-franceconnect = Log-in with FranceConnect
history-in-link = Log-in by the link received
history-password = Password chosen
history-link-activate = Activation link sent to { $to }
history-link-reset = Link sent to { $to } to choose another password
history-link-login = Link sent to { $to } to check a new login
history-link-contact = Link sent to { $to } to check a new address
history-address = Address checked
history-factor = Two-step log-in switched on
history-factor-off = Two-step log-in switched off
history-identity = FranceConnect identity tied
history-identity-off = FranceConnect identity untied
history-contact = Contact details changed
history-deleted = Account deleted
history-restored = Account restored
history-forgotten = Access to the account erased, the delay being over
history-choices = Notification choices changed
history-messages = Notifications switched on for a device
history-messages-off = Notifications switched off for a device
history-accepted = Text accepted
history-seen-as = The portal was looked at as you see it
history-exported = Copy of the data downloaded
history-codes = Paper codes given out
history-household = Household file changed
history-child = File of { $child } changed
history-custody = Custody of { $child } changed
history-payer = Payer changed
history-merged = Files united
history-registered = Registration accepted
history-asked = Request sent: { $title }
history-answered = Answer to a request
history-reserved = Reservation for { $child }: { $what }, { $when }
history-cancelled = Cancellation for { $child }: { $what }, { $when }
history-booking-asked = Booking asked for { $child }: { $what }, { $when }
history-booking-waits = On the waiting list for { $child }: { $what }, { $when }
history-booking-cancel-asked = Cancellation asked for { $child }: { $what }, { $when }
history-booking-refused = Booking or cancellation refused for { $child }: { $what }, { $when }
history-booking-accepted = Request accepted for { $child }: { $what }, { $when }
history-booking-declined = Request refused for { $child }: { $what }, { $when }
history-booking-withdrawn = Request withdrawn for { $child }: { $what }, { $when }
history-booking-offered = Place offered to { $child }: { $what }, { $when }
history-booking-ended = Waiting or offer over for { $child }: { $what }, { $when }
history-booking-waived = Surcharge or cancellation cost waived for { $child }: { $what }, { $when }
history-booking-paid = Payment noted for { $child }: { $what }, { $when }
history-booking-restored = Amount due again for { $child }: { $what }, { $when }
history-booking-given-back = Booking given back, unpaid, for { $child }: { $what }, { $when }
history-closure =
    { $fate ->
        [back]
            { $days ->
                [one] Closure lifted: bookings of { $who } stand again, on { $from }
               *[other] Closure lifted: bookings of { $who } stand again, from { $from } to { $until }
            }
        [cancelled]
            { $days ->
                [one] { $why }: bookings of { $who } cancelled free of charge, on { $from }
               *[other] { $why }: bookings of { $who } cancelled free of charge, from { $from } to { $until }
            }
        [credited]
            { $days ->
                [one] { $why }: bookings of { $who } cancelled, what was paid is credited, on { $from }
               *[other] { $why }: bookings of { $who } cancelled, what was paid is credited, from { $from } to { $until }
            }
       *[other]
            { $what ->
                [closure]
                    { $days ->
                        [one] { $why }: bookings of { $who } suspended, on { $from }
                       *[other] { $why }: bookings of { $who } suspended, from { $from } to { $until }
                    }
               *[other]
                    { $days ->
                        [one] { $why }: { $who }, on { $from }
                       *[other] { $why }: { $who }, from { $from } to { $until }
                    }
            }
    }
history-facts = Household facts for booking changed
history-documents = Documents of { $child } updated
history-taken-back = Reservations of { $child } taken back after an incident
history-in = { $child } arrived: { $what }, { $when }
history-out = { $child } left: { $what }, { $when }
history-absent = { $child } absent: { $what }, { $when }
history-noted = Attendance note for { $child }: { $what }
history-attached = Attendance attached to { $child }
history-settled = Attendance discrepancy settled for { $child }, { $when }
history-days = { $count } days, from { $first } to { $last }
history-moment = { $day } at { $hour }
