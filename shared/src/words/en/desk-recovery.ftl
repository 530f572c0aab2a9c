# Back after an incident

recovery-title = Back after an incident
recovery-none = No incident.
recovery-none-then = Should the server ever come back from a backup, this page says what came back, what is still missing and what is left to decide.
recovery-print = Print the report

recovery-cause-restored = The server came back from a backup. Attendance and consultation are open; reservations and payment wait for your decision.
recovery-cause-rebuilt = Nothing was left on the server. The town is rebuilt from its key and from what the tablets keep.
recovery-cause-set-back = The server turned out to be older than what is kept off-site: it went on along a new branch.
recovery-fact-began = Return began
recovery-fact-source = Came back from
recovery-fact-restored-to = Last entry that came back
recovery-fact-nothing = None
recovery-fact-branch = New branch
recovery-fact-journal = Journal
recovery-fact-journal-at = Entry no. { $seq }
recovery-fact-withdrawals = Withdrawals
recovery-withdrawals-read = Read again: what was withdrawn stays so.
recovery-withdrawals-lost = Unreadable: nobody knows who was withdrawn. Only accounts and tablets confirmed below receive names.

recovery-came-back = What came back
recovery-tablets = Sites and tablets
recovery-no-tablet = No tablet is known yet.
recovery-sum = { $awaited ->
    [0] { $tablets ->
        [one] The tablet has nothing left to hand back.
       *[other] The { $tablets } tablets have nothing left to hand back.
    }
    [one] One tablet of { $tablets } is still waited for.
   *[other] { $awaited } tablets of { $tablets } are still waited for.
}
recovery-sum-proposals = { $count ->
    [one] One reservation to take back
   *[other] { $count } reservations to take back
}
recovery-of-unknown = { $count ->
    [one] One tap of an unknown tablet was brought by another: it is recorded.
   *[other] { $count } taps of unknown tablets were brought by others: they are recorded.
}
recovery-aside = { $all ->
    [one] One payload kept aside since the incident
   *[other] { $all } payloads kept aside since the incident
}{ $waiting ->
    [0] , all looked at.
    [one] , one of them to be looked at.
   *[other] , { $waiting } of them to be looked at.
}
recovery-column-tablet = Site and tablet
recovery-column-state = State
recovery-column-contact = Last contact
recovery-column-marks = Taps handed back
recovery-column-lists = Lists handed back
recovery-column-agreed = Same content
recovery-marks-others = { $count } of them of another
recovery-agreed = Yes, at entry no. { $seq } ({ $at })
recovery-not-agreed = Not checked yet
recovery-never = Not seen since the incident
recovery-verdict-all = Everything came back
recovery-verdict-new = In service since the incident
recovery-verdict-withdrawn = Withdrawn
recovery-verdict-waived = No longer waited for: { $reason }
recovery-verdict-comparing = Seen; being compared
recovery-verdict-owes = { $count ->
    [one] Still owes one tap
   *[other] Still owes { $count } taps
}
recovery-verdict-not-seen = Waited for: not seen since the incident
recovery-site-none = No tablet
recovery-site-all = Everything came back
recovery-site-open = { $count ->
    [one] One tablet waited for
   *[other] { $count } tablets waited for
}
recovery-waive = Wait no longer
recovery-waive-this = Wait no longer: { $tablet }
recovery-waive-of = Wait no longer for “{ $tablet }”
recovery-waive-said = The report and billing will no longer wait for this tablet. What it alone held may be lost.
recovery-waive-late = Should it return all the same, what it hands back is recorded like the rest.
recovery-waive-reason = Why
recovery-waive-hint = For instance: broken screen, lost on 12 November, wiped by mistake.
recovery-waive-do = Wait no longer

recovery-unconfirmed = Accounts and tablets to confirm
recovery-unconfirmed-lead = The withdrawals could not be read. Confirm the accounts and tablets that you recognise; the others stay out. An account that is not confirmed cannot log in, a tablet that is not confirmed hands back its taps and receives no names.
recovery-kind-agent = Account
recovery-kind-device = Tablet
recovery-confirm = Confirm
recovery-confirm-of = Confirm { $name }

recovery-proposals = Reservations to take back
recovery-proposals-none = Nothing to take back for now. The lists that tablets hand back are compared with the reservations here.
recovery-proposals-lead = Day lists, signed before the incident and handed back by tablets, differ from the reservations that came back. Nothing changes without you.
recovery-proposals-moved = More lists arrived, or somebody decided meanwhile. Read what is left, then try again. Nothing was changed.
recovery-proposals-nothing = Tick at least one reservation.
recovery-proposals-more = { $count ->
    [one] One more is not shown here. “Take all back” includes it.
   *[other] { $count } more are not shown here. “Take all back” includes them.
}
recovery-decided = Decided since
recovery-decided-lead = Somebody changed these reservations after the return. They stay as they are, but for those you tick.
recovery-hidden = Perhaps a closure
recovery-hidden-lead = These children were no longer on the list, but a closure may have taken them off without cancelling anything. Ask the site before you cancel.
recovery-group-count = { $count ->
    [one] one reservation
   *[other] { $count } reservations
}
recovery-proof = Proof: list of entry no. { $seq }, branch { $branch }, handed back by “{ $tablet }” { $at }. Fingerprint
recovery-change-made = Made
recovery-change-cancelled = Cancelled
recovery-change-changed = Changed
recovery-lost-child = No card on the server: it is made again from the list, to be completed.
recovery-lost-name = Unknown child
recovery-detail-sitting = sitting { $number }
recovery-detail-table = table { $name }
recovery-detail-group = group { $name }
recovery-detail-in = arrives { $at }
recovery-detail-out = leaves { $at }
recovery-take-chosen = Take back what is ticked
recovery-take-all = { $count ->
    [one] Take the reservation back
   *[other] Take all back ({ $count })
}

recovery-cards = Cards to complete
recovery-cards-count = { $count ->
    [one] One card made again from the tablets
   *[other] { $count } cards made again from the tablets
}
recovery-cards-lead = Tablets do not know everything: date of birth, address, parental authority and meals of formulas are to be checked. A card saved by a person leaves this list.
recovery-cards-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}

recovery-services = What is open
recovery-services-lead = Open one service at a time, once what it depends on is checked.

recovery-sign = Sign the report
recovery-sign-lead = Sign once everything came back, or once you decide to wait no longer. The banner goes; the report stays.
recovery-sign-left = Tablets are still waited for, or reservations are left to take back. You may sign all the same: say why in the note.
recovery-sign-note = Note
recovery-sign-hint = What is still missing, who was told, what was decided.
recovery-sign-do = Sign the report
recovery-signed = Signed { $at } by { $by }
recovery-unsigned = Not signed
recovery-by-host = the host
recovery-past = Earlier returns
recovery-paper = Report made on { $at }, entry no. { $seq } of the journal, fingerprint { $hash }.
recovery-paper-name = Name and position:
recovery-paper-date = Date:
recovery-paper-hand = Signature:

recovery-banner = The server came back from an incident. Check what came back before you sign the report.
recovery-banner-see = See what came back
recovery-offsite = The off-site backup has been failing since { $since }. Nothing is lost here, but an incident would lose it: tell the host.
recovery-done-taken = Reservations taken back.
recovery-done-confirmed = Confirmation recorded.
recovery-done-waived = This tablet is no longer waited for.
recovery-done-signed = Report signed.
recovery-login-unconfirmed = After the incident this account is not confirmed yet. Ask an administrator to confirm it, or the host for a new link.
