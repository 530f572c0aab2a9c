# What families are told, and through what.
notices-kind-file-reviewed = A request about the file was settled
notices-kind-school-changed = Change of school or class
notices-kind-recap = Reservations made or cancelled
notices-kind-closure = Closure, strike or outing on a booked day
notices-kind-child-left = The child has left
notices-kind-request-answered = Answer to a request
notices-kind-news = News published
notices-kind-account = Security of the account
notices-kind-other = Something new
notice-file-reviewed =
    { $state ->
        [refused] File: request refused
       *[other] File brought up to date
    }
notice-file-reviewed-text = Your request “{ $title }” was settled.
notice-request-answered =
    { $state ->
        [waiting] The town hall asks you something
       *[other] Answer to your request
    }
notice-request-answered-text = About “{ $title }”.
notice-school-changed = { $who }: school or class changed
notice-school-changed-text =
    { $has_class ->
        [yes] From now on: { $school }, { $class }.
       *[other] From now on: { $school }.
    }
notice-recap = Reservations of { $who }
notice-recap-text =
    { $days ->
        [one]
            { $made ->
                [0]
                    { $cancelled ->
                        [one] One reservation cancelled, on { $from }.
                       *[other] { $cancelled } reservations cancelled, on { $from }.
                    }
                [one] One reservation made, on { $from }.
               *[other] { $made } reservations made, on { $from }.
            }
       *[other]
            { $made ->
                [0] { $cancelled } reservations cancelled, from { $from } to { $until }.
               *[other] { $made } reservations made, from { $from } to { $until }.
            }
    }
notice-closure =
    { $fate ->
        [back] Reservations given back: { $who }
       *[other]
            { $what ->
                [closure] Closed: { $who }
                [strike] Strike: { $who }
                [teacher_absent] Teacher absent: { $who }
               *[other] Outing: { $who }
            }
    }
notice-closure-text =
    { $fate ->
        [back]
            { $days ->
                [one] The closure is lifted, on { $from }. Your reservation stands again.
               *[other] The closure is lifted, from { $from } to { $until }. Your reservations stand again.
            }
        [cancelled]
            { $days ->
                [one] { $why }, on { $from }. Your reservation of that day is cancelled, free of charge.
               *[other] { $why }, from { $from } to { $until }. Your reservations of those days are cancelled, free of charge.
            }
        [credited]
            { $days ->
                [one] { $why }, on { $from }. Your reservation of that day is cancelled; what was paid is credited.
               *[other] { $why }, from { $from } to { $until }. Your reservations of those days are cancelled; what was paid is credited.
            }
       *[other]
            { $what ->
                [closure]
                    { $days ->
                        [one] { $why }, on { $from }. Your reservation of that day is suspended.
                       *[other] { $why }, from { $from } to { $until }. Your reservations of those days are suspended.
                    }
               *[other]
                    { $days ->
                        [one] { $why }, on { $from }. A reservation is concerned.
                       *[other] { $why }, from { $from } to { $until }. Reservations are concerned.
                    }
            }
    }
notice-child-left = { $who }: left at { $hour }
notice-news = { $title }
notice-news-text = News was published on the portal.
notice-account =
    { $what ->
        [password] Password changed
        [factor_on] Second factor switched on
        [factor_off] Second factor switched off
        [identity_on] FranceConnect linked to the account
        [identity_off] FranceConnect taken off the account
       *[other] Address of the account changed
    }
notice-account-text = If it was not you, change your password and tell the town hall.
notices-title = Notifications
notices-lead = Everything that concerns you stays in the portal’s feed. Choose here what is sent besides. With no box ticked nothing is sent.
notices-table = What is sent to you
notices-what = What
notices-by-mail = By e-mail
notices-by-push = On the device
notices-by-mail-of = { $kind }: by e-mail
notices-by-push-of = { $kind }: on the device
notices-always = always
notices-mail-to = E-mails go to { $address }.
notices-mail-nowhere = There is no e-mail address in your file: nothing can be sent by e-mail.
notices-mail-bounces = E-mails to { $address } come back to us. Correct your address.
notices-change-address = Change the address
notices-more = More addresses for bills
notices-more-hint = Three at most. They get news of bills and payments, nothing else.
notices-more-one = Address { $nth }
notices-save = Save
notices-saved = Your choices are saved.
notices-devices = Devices
notices-devices-none = No device takes messages yet.
notices-devices-need-script = To add this device, open this page in a browser that accepts notifications.
notices-device-here = Get messages on this device
notices-device-since = { $name }, since { $since }
notices-device-drop = Remove
notices-device-dropped = The device gets no more messages.
notices-device-unnamed = A browser
notices-device-added = This device will get messages.
notices-device-refused = This browser does not allow notifications. Open its settings for this site, then try again.
notices-kind-place-offered = Place that became free on a waiting list
notice-booked = Bookings of { $who }
notice-booked-made =
    { $made ->
        [one] One booking made.
       *[other] { $made } bookings made.
    }
notice-booked-cancelled =
    { $cancelled ->
        [one] One cancellation.
       *[other] { $cancelled } cancellations.
    }
notice-booked-asked =
    { $asked ->
        [one] One request sent to the office.
       *[other] { $asked } requests sent to the office.
    }
notice-booked-waiting =
    { $waiting ->
        [one] One place waited for.
       *[other] { $waiting } places waited for.
    }
notice-booked-refused =
    { $refused ->
        [one] One line could not be taken.
       *[other] { $refused } lines could not be taken.
    }
notice-booked-when =
    { $days ->
        [one] On { $from }.
       *[other] From { $from } to { $until }.
    }
notice-unpaid = Unpaid bookings: { $who }
notice-unpaid-text =
    { $days ->
        [one] The payment did not arrive in time: the booking of { $from } is given back.
       *[other] The payment did not arrive in time: the bookings from { $from } to { $until } are given back.
    }
notice-wish-answered =
    { $wish ->
        [yes] Request accepted: { $who }
       *[no] Request refused: { $who }
    }
notice-wish-answered-text =
    { $count ->
        [one] { $activity }, { $from }.
       *[other] { $count } requests, from { $from } to { $until }.
    }
notice-wish-said = The office adds: “{ $words }”
notice-place =
    { $what ->
        [ended] Place not taken: { $who }
       *[offered] A place became free for { $who }
    }
notice-place-text =
    { $what ->
        [ended] { $activity }, { $day }: the place offered was not taken in time and goes to the next family.
       *[offered] { $activity }, { $day }. It is kept for you until { $end }.
    }
