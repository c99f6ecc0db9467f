### The frame and the building blocks.

skip = Skip to the content
menu = Menu
motto = No valid certification, no access, and every access explains itself.
foot-zone = Times in { $zone }
demo-label = Demonstration
demo-strip = A demonstration: every person and every warehouse here is made up.

nav-label = Rooms
nav-home = Home
nav-courses = Courses
nav-certificates = Certificates
nav-access = Access
nav-decisions = Decisions
nav-waiting = { $n ->
    [one] { $n } request waits for you
   *[other] { $n } requests wait for you
}
nav-oversight = Oversight
nav-workshop = Workshop
nav-people = People
nav-holders = Holders
nav-events = Events
nav-warehouses = Warehouses
nav-keys = Keys
nav-locks = Locks
nav-authoring = Authoring
nav-account = Account
nav-sign-in = Sign in
nav-sign-out = Sign out

months-short = Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec
date-day = { $day } { $month } { $year }
date-time = { $day }, { $time }
rel-now = now
rel-in-minutes = { $n ->
    [one] in { $n } minute
   *[other] in { $n } minutes
}
rel-ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
rel-in-hours = { $n ->
    [one] in { $n } hour
   *[other] in { $n } hours
}
rel-ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
rel-in-days = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
}
rel-ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
rel-in-months = { $n ->
    [one] in { $n } month
   *[other] in { $n } months
}
rel-ago-months = { $n ->
    [one] { $n } month ago
   *[other] { $n } months ago
}
rel-in-years = { $n ->
    [one] in { $n } year
   *[other] in { $n } years
}
rel-ago-years = { $n ->
    [one] { $n } year ago
   *[other] { $n } years ago
}
span-seconds = { $n } s
span-minutes = { $n } min
span-hours = { $n } h
span-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
timebar-left = ends { $far }
timebar-over = ended { $far }

errors-title = { $n ->
    [one] One thing needs another look
   *[other] { $n } things need another look
}
field-optional = (optional)
pager-label = Pages
pager-previous = Previous
pager-next = Next
pager-of = { $total ->
    [one] { $shown } of { $total } line
   *[other] { $shown } of { $total } lines
}
pager-shown = { $shown ->
    [one] { $shown } line
   *[other] { $shown } lines
}
crumbs-label = Where you are
copy = Copy
copy-done = Copied
cancel = Cancel
back = Back

status-effective = In effect
status-active = Active
status-valid = Valid
status-passed = Passed
status-done = Done
status-earned = Earned
status-approved = Approved
status-met = Met
status-kept = Kept
status-verified = Verified
status-reachable = Reachable
status-right = Right
status-expiring = Expiring
status-renewable = Renew now
status-superseded = Superseded
status-suspended = Suspended
status-retiring = Retiring
status-returned = Returned
status-warning = Warning
status-partly = Partly right
status-expired = Expired
status-lapsed = Lapsed
status-revoked = Revoked
status-failed = Not passed
status-rejected = Rejected
status-refused = Refused
status-locked = Locked
status-disabled = Disabled
status-removed = Removed
status-unreachable = Unreachable
status-broken = Broken
status-wrong = Wrong
status-requestable = Ready to request
status-waiting = Waiting
status-in_review = In review
status-submitted = Submitted
status-pending_review = Being marked
status-scheduled = Scheduled
status-in_progress = In progress
status-open = Open
status-invited = Invited
status-next = Next
status-live = Live
status-missing = Missing
status-not_started = Not started
status-blocked = Blocked
status-draft = Draft
status-ended = Ended
status-closed = Closed
status-withdrawn = Withdrawn
status-cancelled = Cancelled
status-voided = Voided
status-graded = Graded
status-minted = Given out
status-gone = Gone
status-lifted = Lifted
status-unanswered = Not answered
status-unknown = Unknown
