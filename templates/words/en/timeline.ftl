### The timeline of an access.

timeline-title = Timeline
timeline-hint = What stood around that moment, and what happened. A bar’s height tells it, too: full is a stop, narrow is held back.
timeline-moment = asked about:
timeline-other = Another stretch:
timeline-days = { $days } days
timeline-table = The same as a table
timeline-what = What
timeline-state = State
timeline-from = From
timeline-until = Until
timeline-record = Record
timeline-open = open
timeline-mark = { $n ->
    [one] { $state }, { $at }
   *[other] { $state } × { $n }, from { $at }
}
timeline-mark-judged = { $state }, { $at } (judged by: { $by })
timeline-judged-by = judged by: { $by }
timeline-bar = { $open ->
    [true] { $state }, since { $from }
   *[other] { $state }, { $from } – { $until }
}
timeline-lane-effective = In effect
timeline-lane-request = Requests
timeline-lane-grant = Grants
timeline-lane-break-glass = Break-glass
timeline-lane-suspension = Held back: { $name ->
    [certificate] a certificate
    [review] a review
    [admin] an admin
   *[other] { $name }
}
timeline-lane-lock = Lock on { $name ->
    [person] the person
    [role] the role
    [warehouse] the warehouse
   *[other] { $name }
}
timeline-lane-account = Account
timeline-lane-policy = Policy
timeline-lane-token = Tokens
