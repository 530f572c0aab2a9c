# What families ask of the town hall.
desk-place-requests = Requests
desk-home-requests = { $count ->
    [one] One request of a family waits for an answer.
   *[other] { $count } requests of families wait for an answer.
}
desk-home-requests-see = Answer
requests-title = Requests of families
requests-request = Request
requests-state = State
requests-kind = Subject
requests-since = Since
requests-all = All
requests-count = { $count ->
    [0] No request.
    [one] One request.
   *[other] { $count } requests.
}
requests-none = No request fits these choices.
requests-open = To answer
requests-waiting = Waits for the family
requests-done = Done
requests-refused = Refused
requests-to-waiting = The family is asked for more
requests-to-done = The request is done
requests-to-refused = The request is refused
requests-when = { $day } at { $hour }
requests-note = Note a request made by telephone
requests-caller = Name of who calls
requests-nobody = Nobody of this name. Check the spelling, or look for the child under “Children”.
requests-for = For { $name }, who will read the answer in their space.
requests-in-short = In a few words
requests-said = What is asked
requests-child = Child
requests-no-child = None in particular
requests-who = Asked by
requests-household = household { $name }
requests-reach = To be reached
requests-family = The family
requests-file-gone = Somebody who is no longer on file
requests-by-phone = { $agent }, for the family on the telephone
requests-answer = Answer
requests-answer-hint = The family reads it in its space, without your name.
requests-then = After this answer
requests-send = Answer
