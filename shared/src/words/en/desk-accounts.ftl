# Accounts of families, at the desk.
accounts-place = Accounts
accounts-title = Families’ accounts
accounts-search = Name, e-mail, telephone or child
accounts-state = Account
accounts-all-states = All
accounts-filter-none = No account, nothing sent
accounts-filter-asked = Link sent
accounts-filter-active = Active
accounts-filter-deleted = Deleted
accounts-filter-bounced = Address rejected
accounts-filter-no-email = Without an e-mail address
accounts-state-none = No account
accounts-state-asked = Link sent on { $day }
accounts-state-bounced = Address rejected
accounts-state-active = Active since { $day }
accounts-state-active-long = Active
accounts-state-deleted = Deleted, can be restored before { $day }
accounts-bounced-since = Address rejected
accounts-to-codes = Codes on paper
accounts-to-activations = Send activations
accounts-to-registrations = { $count ->
    [0] Registrations
    [one] { $count } registration
   *[other] { $count } registrations
}
accounts-to-payers = Payers
accounts-to-doubles = Doubles
accounts-count = { $count ->
    [0] No guardian
    [one] { $count } guardian
   *[other] { $count } guardians
}
accounts-nobody = Nobody matches.
accounts-nobody-then = Try a part of the name, the name of a child or an e-mail address.
accounts-pick = Choose
accounts-pick-one = Choose { $name }
accounts-guardian = Guardian
accounts-email = E-mail address
accounts-no-email-short = No e-mail address
accounts-children = Children
accounts-codes-given = Codes given on { $day }
accounts-chosen-activations = Send the activation to the people ticked
accounts-chosen-codes = Codes on paper for the households ticked
accounts-chosen-hint = A new link or new codes replace those of before.

# Sending links
accounts-activations = Send activations
accounts-activations-about = Every guardian who has an address and no account yet receives a link to choose a password. The link works once, for seven days.
accounts-activations-fresh = Will receive a first link
accounts-activations-asked = Have a link that they have not opened
accounts-activations-without = Without an address that takes letters
accounts-activations-codes = Give codes on paper to those without an address
accounts-activations-again = Write also to those who have not opened their link
accounts-activations-again-hint = Their link of before will open nothing any more.
accounts-activations-send = Send
accounts-activations-nobody = Nobody is to be written to: everybody has an account, a link that waits, or no address.
accounts-batch = Sending of activations
accounts-batch-going = { $count ->
    [one] { $count } letter is still to leave. You can leave this page, the sending goes on.
   *[other] { $count } letters are still to leave. You can leave this page, the sending goes on.
}
accounts-batch-over = All letters of this sending are dealt with.
accounts-batch-look = Refresh
accounts-batch-sent = Gone
accounts-batch-waiting = Waiting
accounts-batch-failed = Not arrived
accounts-batch-held = Held
accounts-batch-left = { $count ->
    [one] The sending was interrupted: { $count } person is left.
   *[other] The sending was interrupted: { $count } people are left.
}
accounts-batch-go-on = Go on
accounts-batch-returns = Letters that did not arrive
accounts-batch-returns-then = Mend the address on the household’s file, then send a new link; or give codes on paper.
accounts-fate-queued = Waiting
accounts-fate-sent = Gone
accounts-fate-bounced = Rejected
accounts-fate-given-up = Given up after several days
accounts-fate-dropped = Not sent
accounts-fate-held = Held

# Codes on paper
accounts-codes = Codes on paper
accounts-codes-about = A letter for each household, with the code of each child and the payer’s code. With one pair alone the family gets in and sees all its children, then chooses a password.
accounts-codes-closed = Getting in with codes is closed in the portal’s settings: these codes will open nothing while it stays so.
accounts-codes-once = The codes stand only in the file that you are about to save. Printing again gives new codes, and those of before open nothing any more.
accounts-codes-all = Also households where somebody has an account
accounts-codes-all-hint = Otherwise only households where nobody gets in yet receive a letter.
accounts-codes-days = Good for (days)
accounts-codes-count = Letters: { $letters }. Children: { $children }.
accounts-codes-recount = Count again
accounts-codes-print = Make the file of letters
accounts-codes-nobody = No household matches this choice.
accounts-codes-too-many = Too many letters for one file. Choose a school or a class.
accounts-letter-title = Codes for the families’ portal – { $commune }
accounts-letter-print = { $count ->
    [one] { $count } letter. Print this file, hand it out, then delete the file.
   *[other] { $count } letters. Print this file, hand them out, then delete the file.
}
accounts-letter-heading = Your codes for the families’ portal
accounts-letter-about = On the portal you follow your children’s reservations, read the menus and write to the town hall.
accounts-letter-child = Child
accounts-letter-child-code = Child’s code
accounts-letter-payer-code = Payer’s code
accounts-letter-step-open = Open this address on a telephone or a computer:
accounts-letter-step-type = Type a child’s code and the payer’s code. One line of the table is enough for all your children.
accounts-letter-step-email = Say who you are and give your e-mail address.
accounts-letter-step-password = Open the link that you receive, choose a password: you are in.
accounts-letter-until = These codes work until { $day }.
accounts-letter-keep = Keep this letter to yourself: whoever has these codes can get in in your place. Each guardian of the household can use them to make an account of their own.
accounts-letter-help = Letter lost, code refused, no e-mail address: call { $phone }.
accounts-letter-help-bare = Letter lost, code refused, no e-mail address: ask at the town hall.

# One account
accounts-see = See as this family
accounts-person = Guardian
accounts-household = Household
accounts-contact = Contact address
accounts-phone = Telephone
accounts-bounced-then = The last letter came back. Ask the family for another address and mend the household’s file.
accounts-access = Access
accounts-login = Login
accounts-login-none = None
accounts-factor = Two-factor authentication
accounts-factor-on = On
accounts-factor-off = No
accounts-sessions = Devices logged in
accounts-sessions-none = None
accounts-sessions-seen = { $count }, seen on { $day } at { $hour }
accounts-locked = Too many tries: locked until { $hour }.
accounts-activation-send = Send the activation link
accounts-restore = Restore the account
accounts-reset-send = Send a password link
accounts-unlock = Unlock
accounts-sessions-end = End its sessions
accounts-login-change = Change the login
accounts-login-new = New login
accounts-login-new-hint = An e-mail address. A link is sent there, and the change takes effect when it is opened; until then the old one works.
accounts-login-send = Send the link
accounts-letters = Latest e-mails
accounts-letters-none = Nothing was sent.
accounts-letter-line = { $day } at { $hour }, to { $to }
accounts-kind-notice = Notice
accounts-kind-activation = Activation link
accounts-kind-reset = Password link
accounts-kind-login = New login to confirm
accounts-kind-contact = New address to confirm
accounts-kind-no-account = Address without an account
accounts-kind-registered = Registration received
accounts-kind-refused = Registration refused
accounts-kind-codes = Codes
accounts-kind-deleted = Account deleted
accounts-kind-agent = Agent’s link
accounts-kind-booked = Summary of a booking
accounts-end = End of the account
accounts-delete-open = Delete this account
accounts-delete-said = This person will not get in any more, and their sessions end. They can then be taken off the household’s file.
accounts-delete-stays = Reservations, children and history stay. The account can be restored within the delay that the town set.
accounts-delete = Delete the account
accounts-no-login-yet = This account has no login in use.
accounts-has-login = This person has a login already. Send a password link instead.
accounts-no-email = No contact address: add it to the household’s file, or give codes on paper.
accounts-restore-late = The delay is over: this account can no longer be restored. Send a new activation link.
accounts-see-deleted = This account is deleted: there is nothing to see.
accounts-done-mail = E-mail queued.
accounts-done-unlocked = Unlocked. The person can try again.
accounts-done-sessions = Sessions ended.
accounts-done-restored = Account restored. Login and password are those of before.
accounts-done-deleted = Account deleted.
accounts-done-united = United in one file.
accounts-done-welcomed = Registration accepted.
accounts-done-declined = Registration refused. The family is told.

# Registrations
accounts-registrations = Registrations
accounts-registrations-about = Families that the town does not know yet. Nothing enters the files before you agree.
accounts-registrations-none = No registration waits.
accounts-registrations-none-then = They arrive here when the portal lets families register.
accounts-registration-who = Who asks
accounts-registration-when = Received
accounts-at = { $day } at { $hour }
accounts-registration-asked = What the family says
accounts-registration-over = This registration has its answer.
accounts-registration-accept = Accept
accounts-registration-is = This person is
accounts-registration-known = { $name }, { $home }
accounts-registration-why = Known already: { $why }.
accounts-registration-gets-in = Has an account: no link will be sent.
accounts-registration-new = Somebody new
accounts-registration-new-hint = A household is made with them.
accounts-registration-child = { $name }, { $born } – school as told: { $school }
accounts-registration-child-new = Make its file
accounts-registration-child-none = Do nothing for this child
accounts-registration-school = School, for a file that is made
accounts-registration-school-none = To be said later
accounts-registration-accept-button = Accept and send the activation link
accounts-registration-refuse = Refuse
accounts-registration-reason = Reason
accounts-registration-reason-hint = It is sent to the family as it stands.
accounts-registration-refuse-button = Refuse and tell the family
accounts-refuse-why = Say why: the family will read it.

# Payers
accounts-payers = Payers
accounts-payer-search = Name of the payer
accounts-payer-new = New payer
accounts-payer-for = For { $name }: open a payer that is there, or make one.
accounts-payer-count = { $count ->
    [0] No payer
    [one] { $count } payer
   *[other] { $count } payers
}
accounts-payer-none = No payer.
accounts-payer-none-then = Make one from the card of a child: the period is proposed there already.
accounts-payer-name = Name
accounts-payer-name-hint = As it will stand on bills.
accounts-payer-kind = Kind
accounts-payer-children = Pays for
accounts-payer-person = Person
accounts-payer-organisation = Organisation
accounts-payer-retired = Pays no longer
accounts-payer-home = Household
accounts-payer-home-none = None (organisation)
accounts-payer-home-hint = The household whose money it is. An organisation has none.
accounts-payer-home-missing = Say of which household this person is.
accounts-payer-guardian = Guardian
accounts-payer-guardian-none = Somebody else
accounts-payer-siret = SIRET
accounts-payer-siret-hint = Of an organisation: fourteen digits.
accounts-payer-siret-wrong = A SIRET number has fourteen digits.
accounts-payer-address = Postal address
accounts-payer-email = E-mail address for bills
accounts-payer-children-hint = A line for each child and period. Without a last day the period goes on.
accounts-payer-period = Period { $nth }
accounts-payer-child = Child { $nth }
accounts-payer-child-none = None
accounts-payer-period-add = Add a period
accounts-payer-retire = Pays no longer
accounts-payer-retire-hint = It is no longer offered; what is in its name stays.
accounts-from = From
accounts-until = Until
accounts-period-backwards = The last day comes before the first.
accounts-card-no-payer = No payer is named.
accounts-card-add-payer = Name a payer
accounts-card-period = from { $from } to { $until }
accounts-card-since = since { $from }
accounts-card-custody = Custody and parental authority
accounts-card-shared = Shared custody: today { $today }, in a week { $next }.

# Custody and parental authority
accounts-custody-of = Custody of { $name }
accounts-custody-about = With which household the child is each day, and who decides for it. Reservations of a day belong to the household that has the child on that day.
accounts-custody-one-home = The child has one household only. For shared custody first add the other household to its file.
accounts-custody-how = How days are shared
accounts-custody-none = Without a calendar
accounts-custody-none-hint = Each household sees and books every day.
accounts-custody-weeks = Every other week
accounts-custody-choose = Choose
accounts-custody-first = The week begins with
accounts-custody-second = The week after, with
accounts-custody-anchor = A day on which the first one’s week begins
accounts-custody-anchor-hint = The change is on that day of the week.
accounts-custody-holidays = School holidays
accounts-custody-holidays-weeks = As the weeks
accounts-custody-holidays-even = First half with the first household in even years
accounts-custody-holidays-odd = First half with the first household in odd years
accounts-custody-exceptions = Exceptions
accounts-custody-exceptions-hint = The last of the list wins.
accounts-custody-exception = Exception { $nth }
accounts-custody-exception-drop = Take out
accounts-custody-with = With
accounts-custody-authority = Parental authority over this child
accounts-custody-authority-hint = To be filled in only where it differs from what the guardian’s file says.
accounts-custody-guardian = { $name }, { $home }
accounts-custody-as-file = As in their file: { $authority }
accounts-custody-note = Note
accounts-custody-note-hint = Date of the judgment, what the parents agreed… Families do not see it.
accounts-custody-preview = Show the eight weeks
accounts-custody-next = The next eight weeks
accounts-custody-week = Week of
accounts-custody-nobody = Not said
accounts-custody-same = Choose two different households.

# Doubles
accounts-doubles = Doubles
accounts-doubles-about = Files that seem to speak of the same child or household. Compare before you unite; two people who only share a name stay two files.
accounts-doubles-count = { $count ->
    [0] No pair
    [one] { $count } pair
   *[other] { $count } pairs
}
accounts-doubles-none = No file seems to stand twice.
accounts-doubles-none-then = Files are compared whenever this page is opened.
accounts-doubles-files = Files
accounts-doubles-why = What is alike
accounts-doubles-compare = Compare
accounts-doubles-compare-of = Compare the files of { $name }
accounts-why-name-and-birth = same name and date of birth
accounts-why-name = same name
accounts-why-email = same e-mail address
accounts-why-phone = same telephone
accounts-compare-children = Two files of a child
accounts-compare-households = Two files of a household
accounts-compare-keep = The file that stays
accounts-compare-children-said = Reservations, marks, households, payers, custody and health details of the other file go to this one. Of one day booked twice, the reservation of the file that stays counts.
accounts-compare-households-said = Guardians, children, payers and codes of the other household go to this one. Everybody keeps their login and password.
accounts-compare-final = This cannot be undone.
accounts-compare-unite = Unite
accounts-compare-gets-in = has an account
accounts-compare-booked = Reservations to come
