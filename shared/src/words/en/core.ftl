# The tablet's core
core-unknown-child = Unknown child
core-enrol-no-answer = The server does not answer at this address ({ $why }). Check the address and the tablet’s network, then try again.
core-badge-pai = Care plan
core-badge-pai-for = Care plan: { $what }
core-badge-allergy = Allergy
core-badge-allergy-to = Allergy: { $what }
core-badge-diet = Diet
core-badge-leaves-alone = Leaves alone
core-badge-leaves-alone-when = Leaves alone { $when }
core-badge-forbidden = Forbidden person
core-badge-forbidden-to = Do not hand over to { $who }
