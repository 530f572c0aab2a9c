# Letters that are mailed.
letter-instant = { $day } at { $hour }
letter-hello = Dear { $name },
letter-hello-somebody = Hello,
letter-link = { $words }:
letter-link-clear = If the link does not open, copy this address into your browser:
letter-link-once = This link works once, until { $until }.
letter-contact-us = A question? { $ways }
letter-foot = Sent by the families’ portal of { $commune }. We never ask for your password by e-mail.
letter-activation = Open your account on the portal of { $commune }
letter-activation-text = { $commune } opens an account for you on its families’ portal: reservations, your children’s file and news of their activities.
letter-activation-link = Choose my password
letter-activation-then = If you did not expect this message, do nothing: without this link no account is opened.
letter-reset = Choose a new password ({ $commune })
letter-reset-text = Somebody, probably you, asked to change the password of your account.
letter-reset-link = Choose a new password
letter-reset-then = If it was not you, do nothing: your password stays the same.
letter-login = Confirm your new login ({ $commune })
letter-login-text = The login of your account is to become { $address }, as you asked.
letter-login-link = Confirm this login
letter-login-then = As long as you do not open this link, your login does not change.
letter-contact = Confirm your e-mail address ({ $commune })
letter-contact-text = You gave { $address } for our messages.
letter-contact-link = Confirm this address
letter-contact-then = As long as you do not open this link, our messages go to the former address.
letter-no-account = No account at this address ({ $commune })
letter-no-account-text = Somebody asked for a password on the portal of { $commune } with this address, but no account has it.
letter-no-account-then = If it was you, try another of your addresses, or ask the town hall which one is in your file. Otherwise do nothing.
letter-registered = Your registration has arrived ({ $commune })
letter-registered-text = We received your registration. Somebody reads it, then you will get a message to open your account.
letter-refused = Your registration ({ $commune })
letter-refused-text = Your registration could not be accepted.
letter-refused-reason = Reason: { $reason }
letter-codes = Your codes for the portal of { $commune }
letter-codes-text = With a child’s code and your payer’s code you open your account on the families’ portal. Keep them to yourself.
letter-codes-link = Enter my codes
letter-codes-until = These codes work until { $until }.
letter-deleted = Your account was deleted ({ $commune })
letter-deleted-text =
    { $days ->
        [0] Your account on the portal of { $commune } was deleted.
        [one] Your account on the portal of { $commune } was deleted, as you asked. The town hall can restore it for one more day.
       *[other] Your account on the portal of { $commune } was deleted, as you asked. The town hall can restore it for { $days } more days.
    }
letter-deleted-then = If it was not you, tell the town hall at once.
letter-agent = Your access to Préau ({ $commune })
letter-agent-text = An access to the desk of { $commune } is open for you.
letter-agent-link = Choose my password
letter-notice = { $title } ({ $commune })
letter-notice-link = Open the portal
letter-notice-choices = Choose what is sent to you: { $address }
