# Calendars and exceptional days
calendar-title = Calendar
calendar-title-year = Calendar { $year }
calendar-follows = School holidays: { $zone }. Public holidays: { $region }.
calendar-years = Years
calendar-year-before = Previous year
calendar-year-after = Next year
calendar-settings = Calendar settings
calendar-set = Set the calendar
calendar-unset = The calendar is not set yet.
calendar-unset-then = Choose the school holiday zone and the region of public holidays; the year will show here.
calendar-unset-ask = Ask the town hall to choose the school holiday zone and the region of public holidays.
calendar-unknown = School holidays of part of this year are not published, or we do not know them.
calendar-unknown-then = These days carry a question mark. Enter them as the town’s own periods in the calendar settings.
calendar-legend = Key
calendar-today = today
calendar-cell-school = School
calendar-cell-vacation = School holidays
calendar-cell-holiday = Public holiday
calendar-cell-closed = Closed by the town
calendar-cell-own = School by the town’s decision
calendar-cell-week-end = Weekend
calendar-cell-unknown = Not published
calendar-cell-exceptional = Exceptional day

# Settings
calendar-settings-title = Calendar settings
calendar-choose = Choose
calendar-zone = School holidays
calendar-zone-hint = The zone or academy of your schools.
calendar-zone-a = Zone A
calendar-zone-b = Zone B
calendar-zone-c = Zone C
calendar-zone-corse = Corsica
calendar-zone-guadeloupe = Guadeloupe
calendar-zone-guyane = French Guiana
calendar-zone-martinique = Martinique
calendar-zone-mayotte = Mayotte
calendar-zone-reunion = Réunion
calendar-zone-saint-pierre = Saint-Pierre and Miquelon
calendar-zone-nouvelle-caledonie = New Caledonia
calendar-zone-polynesie = French Polynesia
calendar-zone-wallis = Wallis and Futuna
calendar-region = Public holidays
calendar-region-hint = Where the town lies: some days are holidays only there.
calendar-region-metropole = Metropolitan France, outside Alsace and Moselle
calendar-region-alsace-moselle = Alsace and Moselle
calendar-region-guadeloupe = Guadeloupe
calendar-region-guyane = French Guiana
calendar-region-martinique = Martinique
calendar-region-mayotte = Mayotte
calendar-region-reunion = Réunion
calendar-region-saint-barthelemy = Saint-Barthélemy
calendar-region-saint-martin = Saint-Martin
calendar-region-saint-pierre = Saint-Pierre and Miquelon
calendar-region-nouvelle-caledonie = New Caledonia
calendar-region-polynesie = French Polynesia
calendar-region-wallis = Wallis and Futuna
calendar-good-friday = Good Friday is a holiday here
calendar-good-friday-hint = In Alsace and Moselle it is one in towns with a Protestant or a shared church.
calendar-periods = The town’s own periods
calendar-periods-hint = They come before public holidays and published school holidays: a bridge, a closure, shifted holidays, a Saturday to make up for.
calendar-period = Period { $number }
calendar-period-new = New period
calendar-period-name = Name
calendar-period-kind = On those days
calendar-period-closed = Everything is closed
calendar-period-vacation = No school, holiday care possible
calendar-period-school = There is school
calendar-period-from = First day
calendar-period-until = Last day
calendar-period-remove = Remove this period
calendar-until-before-from = The last day cannot come before the first.

# Exceptional days
calendar-days = Exceptional days
calendar-days-about = Closure, strike, absent teacher, class outing: the day’s lists change at once. Reservations stay, unless a closure cancels them.
calendar-days-none = No exceptional day is planned.
calendar-days-none-then = Those you enter show here, on lists and on tablets.
calendar-days-coming = Current and coming
calendar-days-past = Past
calendar-column-what = What
calendar-column-when = When
calendar-column-whom = Who
calendar-column-meals = Meals
calendar-column-do = Actions
calendar-edit = Change
calendar-remove = Remove
calendar-when-one = on { $from }
calendar-when-span = from { $from } to { $until }
calendar-when-open = from { $from }, until further notice
calendar-day-new = New exceptional day
calendar-day-edit = Change an exceptional day
calendar-day-kind = What happens
calendar-kind-closure = Closure
calendar-kind-strike = Strike
calendar-kind-teacher = Absent teacher
calendar-kind-outing = Class outing
calendar-effect-closure = Nothing takes place for these children: they are on no list and no meal is counted.
calendar-effect-strike = There is no teaching. Care keeps its lists, with a note on each row.
calendar-effect-teacher = Children may stay at home. Lists do not change; a note on each row says so.
calendar-effect-outing = During school the class is « out »: neither expected nor absent. Morning and evening care expect it as usual.
calendar-effect-restores = Reservations stay as they are. Remove this day and everything is as before.
calendar-day-words = In a few words
calendar-day-words-hint = Staff read it on lists and tablets, such as « Museum visit ».
calendar-day-from = First day
calendar-day-until = Last day
calendar-day-until-hint = Leave empty for « until further notice ».
calendar-day-schools = Whole schools
calendar-day-classes = Classes
calendar-day-classes-of = { $school }, class by class
calendar-day-classes-hint = Or single classes:
calendar-nobody-chosen = Tick at least one school or class.
calendar-nothing-chosen = Tick at least one school, class, service or place.
calendar-closure-only = This is for a closure only.
calendar-narrow = For a closure
calendar-narrow-hint = A closure may be about services or places, for all children or only for the schools and classes ticked above. All that is ticked must fit.
calendar-day-services = Services
calendar-day-sites = Places
calendar-fate = The reservations of those days
calendar-fate-hint = For a closure only.
calendar-fate-freeze = Suspend
calendar-fate-freeze-effect = Reservations stay, but are on no list as long as the closure lasts.
calendar-fate-cancel = Cancel
calendar-fate-cancel-effect = Reservations to come are cancelled free of charge and their places are free; what was paid is credited.
calendar-cancels = Cancels reservations
calendar-back-how = If you change or remove this closure, reservations that it is no longer about are given back to families. Where the place was taken meanwhile, a request is put to you.
calendar-told = The families concerned are told.
calendar-day-meals = Meals
calendar-day-meals-hint = Without effect for a closure: no meal is counted then.
calendar-meals-none = None
calendar-meals-kept = Served
calendar-meals-kept-effect = Reserved meals are served at the canteen.
calendar-meals-cancelled = Cancelled
calendar-meals-cancelled-effect = Meals are neither ordered nor counted; at the canteen these children are neither expected nor absent.
calendar-meals-picnic = Picnic
calendar-meals-picnic-effect = A picnic replaces each reserved meal.
calendar-service = Minimum service
calendar-service-hint = For a strike only. Tablets of the site show a list of the whole school, where nobody is expected.
calendar-service-site = Site
calendar-service-none = No minimum service
calendar-service-opens = Opens at
calendar-service-closes = Closes at
calendar-service-strike-only = A minimum service exists only during a strike.
calendar-service-closes-first = It cannot close before it opens.
calendar-service-effect = Minimum service at { $site }, from { $opens } to { $closes }: a free list with all children. Closing it marks nobody absent.
calendar-day-see = See what changes
calendar-preview = Before saving
calendar-preview-counts = Who is concerned
calendar-preview-rules = What changes
calendar-preview-correct = Correct
calendar-count-children = { $count ->
    [one] { $count } child
   *[other] { $count } children
}
calendar-count-classes = { $count ->
    [one] { $count } class
   *[other] { $count } classes
}
calendar-count-families = { $count ->
    [one] { $count } household booked
   *[other] { $count } households booked
}
calendar-count-cancelled = { $count ->
    [one] { $count } reservation will be cancelled
   *[other] { $count } reservations will be cancelled
}
calendar-count-credited = { $count ->
    [one] { $count } paid reservation will be credited
   *[other] { $count } paid reservations will be credited
}
calendar-count-cancelled-before = { $count ->
    [one] { $count } reservation cancelled by this closure already
   *[other] { $count } reservations cancelled by this closure already
}
calendar-count-back = { $count ->
    [one] { $count } reservation will be given back to its family
   *[other] { $count } reservations will be given back to families
}
calendar-count-dropped = { $count ->
    [one] { $count } reservation off the lists
   *[other] { $count } reservations off the lists
}
calendar-count-away = { $count ->
    [one] { $count } reservation neither expected nor absent
   *[other] { $count } reservations neither expected nor absent
}
calendar-count-meals-cancelled = { $count ->
    [one] { $count } meal cancelled
   *[other] { $count } meals cancelled
}
calendar-count-picnics = { $count ->
    [one] { $count } picnic to prepare
   *[other] { $count } picnics to prepare
}
calendar-count-stay = { $count ->
    [one] { $activity }: { $count } still expected
   *[other] { $activity }: { $count } still expected
}
calendar-count-no-reservation = There is no reservation yet for these days.
calendar-day-remove = Remove « { $words } »
calendar-day-remove-then = Lists become what they were: reservations have not changed.
