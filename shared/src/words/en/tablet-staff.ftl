# Who points, PINs, lock
tablet-who-title = Who are you?
tablet-who-staff = Staff
tablet-who-hint = Touch your name, then type your PIN.
tablet-who-nobody = This tablet knows no member of the staff. Synchronise when the network is back, or call the town hall.
tablet-who-locked = Locked
tablet-who-without-pin = No PIN
tablet-who-without-pin-then = You have no PIN yet. The town hall gives you one; until then a director can take you on for the day.
tablet-pin-label = PIN of { $name }
tablet-pin-back = Delete the last digit
tablet-pin-ok = Enter
tablet-pin-wrong = { $count ->
    [one] Wrong PIN. One attempt left, then it is locked.
   *[other] Wrong PIN. Attempts left: { $number }.
}
tablet-pin-locked = Too many wrong PINs: that of { $name } is locked on this tablet. A director or the town hall unlocks. Nothing that was ticked is lost.
tablet-unlock-open = Unlock with a director’s PIN
tablet-unlock-title = Unlock { $name }
tablet-director = Director
tablet-director-pin = Director’s PIN
tablet-director-locked = This director’s PIN is locked too. Call the town hall.
tablet-welcome-open = Take on a substitute
tablet-welcome-title = Take on a substitute
tablet-welcome-lead = For today, on this site. The substitute chooses the PIN.
tablet-welcome-name = First and last name
tablet-welcome-pin = Chosen PIN
tablet-welcome-again = The same PIN again
tablet-welcome-submit = Take on for today
tablet-welcome-no-name = The substitute’s name is missing.
tablet-welcome-short = The chosen PIN needs four digits or more.
tablet-welcome-differ = The two PINs differ. Type them again.
tablet-change = Change
