# Letters, at the desk.
letters-title = E-mails to families
letters-about = What the portal sends: activations, passwords, notices. An e-mail leaves by itself; the mail server’s answer then says what became of it.
letters-no-server = No mail server is named on this installation: e-mails wait, none is lost. Tell the host.
letters-oldest = The oldest waits since { $since }.
letters-tabs = E-mails by state
letters-queued = Waiting
letters-queued-about = They leave as soon as the mail server takes them.
letters-held = To decide
letters-held-about = These e-mails date from before a restore or a merge. Some may have left already: nothing is sent again without your word.
letters-bounced = Came back
letters-bounced-about = The address takes nothing. Correct it in the guardian’s file, then send again what is missing.
letters-given-up = Given up
letters-given-up-about = Refused by the mail server, or tried for three days in vain.
letters-sent = Left
letters-sent-about = The mail server took them.
letters-dropped = Set aside
letters-dropped-about = They will not leave.
letters-search = Address or name
letters-none = No e-mail here.
letters-next = Older ones
letters-choose = Choose
letters-choose-one = Choose the e-mail to { $to }
letters-to = To
letters-what = E-mail
letters-since = Asked for
letters-detail = Detail
letters-release = Send those chosen
letters-release-all = Send all
letters-drop = Set those chosen aside
letters-drop-all = Set all aside
letters-none-chosen = Choose at least one e-mail.
letters-tries =
    { $count ->
        [one] one try
       *[other] { $count } tries
    }
letters-detail-lost = the link was lost with a machine, to be asked for again
letters-detail-past = the link was no longer good
letters-detail-untold = what it told is no longer there
letters-detail-returned = came back from a loss
letters-detail-desk = set aside by an agent
letters-kind-notice = Notice
letters-kind-activation = Activation of the account
letters-kind-reset = Password
letters-kind-login = New login
letters-kind-contact = New address
letters-kind-no-account = Address without account
letters-kind-registered = Registration received
letters-kind-refused = Registration refused
letters-kind-codes = Codes
letters-kind-deleted = Account deleted
letters-kind-agent = Access of an agent
letters-kind-booked = Summary of a booking
