# Children and their families
families-title = Children
families-search = Name, telephone or e-mail
families-school = School
families-class = Class
families-site = Site
families-all-schools = All
families-all-classes = All
families-all-sites = All
families-with-left = With those who left
families-import = Import a file
families-new = New child
families-count = { $count ->
    [0] No child
    [one] { $count } child
   *[other] { $count } children
}
families-none = No child fits.
families-none-then = Try a part of the name, the name of a parent or some digits of a telephone.
families-child = Child
families-place = School and class
families-guardians = Guardians
families-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
families-left = Leaves on { $date }

# The card
families-edit = Edit
families-identity = Identity
families-born = Date of birth
families-reference = National number (INE)
families-reference-hint = It tells two children of the same names and date of birth apart.
families-nothing = Not stated
families-phone = Emergency telephone
families-must-know = To be known
families-must-know-hint = What the team must see at once: glasses, kit in the office…
families-health = Health
families-health-hint = Shown to the teams of its sites after their PIN only.
families-today = Today
families-today-none = Nothing was pointed yet today.
families-family = Family
families-no-home = No household. Add one to know whom to call.
families-add-home = Add a household
families-edit-home = Edit the household
families-edit-home-of = Edit the household: { $name }
families-add-child = Add a child
families-add-child-to = Add a child to { $name }
families-siblings = In the same household
families-bookings = Reservations
families-this-week = This week
families-next-week = Next week
families-no-bookings = No reservation.
families-see-bookings = See the reservations
families-history = History
families-history-made = Record created by { $who }, { $when }.
families-history-imported = Record created by an import of { $who }, { $when }.
families-history-changed = Changed by { $who }, { $when }.
families-history-changed-by-import = Changed by an import of { $who }, { $when }.
families-actor-family = the family
families-actor-agent = an agent
families-actor-host = the host

# Changing a child
families-last-name = Last name
families-first-name = First name
families-born-later = This date is in the future. Correct it.
families-schooling = School and class
families-no-class = None
families-no-school = None
families-class-hint = The class tells the school too.
families-class-elsewhere = This class is not of this school. Choose one or the other.
families-left-on = Date of leaving
families-left-on-hint = From this day on the child is on no list.
families-homes = Households
families-homes-hint = Untick a household where the child no longer lives.
families-into-home = The child joins the household “{ $name }”.
families-care = Care and health
families-badges = Badges
families-badge-nth = Badge { $nth }
families-badge-words-nth = Details of badge { $nth }
families-badge-none = None
families-badge-pai = PAI
families-badge-allergy = Allergy
families-badge-diet = Diet
families-badge-leaves-alone = Leaves alone
families-badge-forbidden-collector = Forbidden person
families-first-guardian = First guardian
families-first-guardian-hint = Leave empty to add later.
families-symbol = Colour and symbol
families-symbol-hint = For children who cannot say their name yet. Without a choice they are given a symbol that never changes.
families-symbol-none = Automatic
families-symbol-both = Choose a colour and a symbol, or neither.
families-colour = Colour
families-shape = Symbol
families-colour-red = red
families-colour-orange = orange
families-colour-yellow = yellow
families-colour-green = green
families-colour-teal = teal
families-colour-blue = blue
families-colour-purple = purple
families-colour-pink = pink
families-shape-sun = sun
families-shape-moon = moon
families-shape-star = star
families-shape-heart = heart
families-shape-leaf = leaf
families-shape-tree = fir
families-shape-flower = flower
families-shape-apple = apple
families-shape-cherry = cherry
families-shape-pear = pear
families-shape-fish = fish
families-shape-bird = bird
families-shape-cat = cat
families-shape-snail = snail
families-shape-butterfly = butterfly
families-shape-ladybird = ladybird
families-shape-boat = boat
families-shape-car = car
families-shape-train = train
families-shape-balloon = balloon
families-shape-umbrella = umbrella
families-shape-house = house
families-shape-kite = kite
families-shape-mushroom = mushroom

# Changing a household
families-home-of = Family { $name }
families-home-name = Name of the household
families-home-name-hint = As people call it on the telephone: “Martin family”, “Household of Ms Roy”.
families-guardian-nth = Guardian { $nth }
families-guardian-phone = Telephone
families-guardian-email = E-mail
families-guardian-add = Add a guardian
families-guardian-remove = Remove guardian { $nth }
families-guardian-remove-hint = They will no longer see the children of this household.
families-authority = Parental authority
families-authority-full = Parental authority
families-authority-none = Without parental authority
families-authority-by-judgment = As judged
