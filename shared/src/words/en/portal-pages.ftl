# What anybody may read.
page-unopened = Not open yet
page-unopened-then = This part is not open yet. Meanwhile, please ask the front desk.
page-contact-title = Contact
page-contact-phone = Telephone: { $phone }
page-contact-email = E-mail: { $email }
page-contact-none = How to reach the front desk is not published here yet.
page-tariffs = Prices
page-rules = Rules
page-legal = Legal notice
page-conditions = Conditions of use
page-accessibility = Accessibility: not compliant
page-help = Help
page-privacy = Personal data
page-edition = Edition { $edition }, in force since { $day }
page-since = Published on { $day }
page-accept = I have read this text and I accept it
page-accept-done = Your agreement is kept.
page-accept-lead = Your agreement is expected. Its date is kept; each guardian gives their own.
page-accept-log-in = Families accept this text once they are logged in.
page-accepted = You accepted this edition on { $day }.
page-default-tariffs = Prices are not published here yet. Ask the front desk for them.
page-default-rules = The rules are not published here yet. Ask the front desk for them.
page-default-legal =
    Model text: the town has not completed it yet.

    # Publisher
    This portal is published by { $commune }. Its legal representative is responsible for what it says.

    # Hosting
    Ask the front desk for the name and address of the host, as long as they do not stand here.

    # Software
    The portal runs on Préau.
page-default-conditions =
    Model text: the town has not completed it yet.

    { $commune } offers this portal to families whose child it takes in. It is free of charge.

    - The account is personal: each guardian has one, and gives its password to nobody.
    - What you do on the portal is noted with its date. You find this history under “My account”.
    - If the portal fails, the front desk takes your requests by the other means given here. The state of the service can be read without logging in.
    - You may delete your account at any time. The page says what is lost.
page-default-accessibility =
    { $commune } commits to making this portal accessible, under article 47 of French law no. 2005-102 of 11 February 2005.

    # State of compliance
    This portal has not been audited against the RGAA yet. Without an audit it is declared **not compliant**.

    # What is checked with every version
    - An automatic check runs over the main pages.
    - Pages can be read and forms filled in without scripts, with the keyboard alone, and at 200% zoom.
    - The contrast of the colour that the town chose is computed, and mended where it does not do.

    An automatic check does not find everything: it does not replace an audit.

    # Report a difficulty
    If a page stops you, tell the front desk: it gives you the information or does the errand with you.

    # Remedies
    If you get no answer, you may turn to the [Defender of Rights](https://www.defenseurdesdroits.fr/).
page-default-privacy =
    Model text: the town has not completed it yet.

    # Who is responsible
    { $commune } is responsible for what is done with these data, to take children in, keep attendance and bill.

    # What is kept
    - Who the guardians are, how to reach them, and who may collect the child.
    - The children, their class, their reservations and their attendance.
    - What must be known of their health to take them in. Only agents who need it see it.
    - The history of what you do on the portal.

    # Cookies
    The portal uses only the cookies that are needed to stay logged in and to protect forms. It does not track you and loads nothing from another site.

    # Your rights
    You may ask to see, correct, erase or take along these data, and to limit what is done with them. Under “My account” you can download a copy. For the rest, ask the front desk.

    If the answer does not satisfy you, you may turn to the [CNIL](https://www.cnil.fr/fr/plaintes).
help-contents = Parts of the help
help-log-in-title = Logging in
help-home =
    Before you log in, the first page leads to what anybody may read: news, menus, prices, rules, the state of the service. Once you are in, it shows what is expected of you, what happened, and the next days of each child.
help-log-in =
    - **First time, with an e-mail from the town**: open the link in it, then choose a password. The link works once.
    - **First time, with codes on paper**: type the child code and the payer code of any one child. Your account opens with all children of your household.
    - **Forgotten password**: ask for a link on the log-in page. It goes to the address that the town knows.

    After several failed tries you have to wait for a quarter of an hour. If nothing arrives, look among unwanted mail, then call the front desk.
help-bookings =
    Here are the days on which your children are expected. A day that is struck out or closed says why. For what cannot be done on line, call the front desk.
help-bills =
    Here are your bills and their state, as soon as the town opens this part. You see those of your household only.
help-requests =
    Here you write to the town about your file, and follow its answers. Each request keeps what you wrote and what you were answered.
help-file =
    Here are the children of your household and what the town knows of them. Health and instructions are shown only to those who hold parental authority. If something is no longer right, send a request.
help-account =
    Here you change how you are reached and your password, choose what is sent to you, and see where you are logged in and what was done. The login is not changed here: ask the front desk.
help-news =
    What the town announces, newest first. What is pinned stays on top.
help-menus =
    The menus of a week, with the fourteen allergens of the European regulation in words. If your child has an allergy, an individual plan (PAI) is needed: talk to the front desk. The page can be printed.
help-tariffs =
    The prices that the town voted.
help-rules =
    The rules in force, with their edition. When they change, your agreement is asked again: the first page reminds you.
news-title = News
news-none = There is no news at the moment.
news-pinned = Pinned
news-for = For { $sites }
news-back = All news
menu-title = Menus
menu-week = From { $first } to { $last }
menu-weeks = Other weeks
menu-before = Week before
menu-after = Week after
menu-site = Where it is eaten
menu-site-any = Common menu
menu-site-choose = Show
menu-today = Today
menu-unknown = Menu not published.
menu-allergens = Allergens: { $list }
menu-about = Allergens are those of annex II of regulation (EU) No 1169/2011. A dish without any declares none; in case of an allergy, ask for confirmation.
menu-allergen-gluten = gluten
menu-allergen-crustaceans = crustaceans
menu-allergen-eggs = eggs
menu-allergen-fish = fish
menu-allergen-peanuts = peanuts
menu-allergen-soy = soy
menu-allergen-milk = milk
menu-allergen-nuts = nuts
menu-allergen-celery = celery
menu-allergen-mustard = mustard
menu-allergen-sesame = sesame
menu-allergen-sulphites = sulphites
menu-allergen-lupin = lupin
menu-allergen-molluscs = molluscs
menu-sign-organic = organic
menu-sign-local = local
menu-sign-label = quality label
menu-sign-meatless = meatless
menu-sign-home-made = home-made
menu-line-nameless = Line { $line }: write the name of the dish first.
menu-line-too-many = Line { $line }: three parts at most, parted by “;”.
menu-line-allergen = Line { $line }: “{ $word }” is none of the fourteen allergens.
menu-line-sign = Line { $line }: “{ $word }” is no known sign.
