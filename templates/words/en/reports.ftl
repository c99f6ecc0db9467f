### The auditor's questions.

nav-reports = Reports
reports-title = Reports
reports-lede = The auditor’s questions. Each is answered as of a moment, also for people and roles that are gone.
reports-own-roles = You may ask about the roles that you own.
reports-noted = Who reads a report, and what they asked, is noted in the log.
report-page-title = Report: { $title }
report-number = Question { $n }
report-ask = Answer
report-choose-role = Choose a role
role-withdrawn = { $name } (withdrawn)
report-as-of = As of { $at }
report-about = About
report-forecast = This is to come: it is what will be if nothing changes until then.
report-period = From { $from } to { $until }
report-noted = This reading is noted in the log.
report-figure-bad = This should not be
report-figure-good = As it must be
report-nothing = No line
report-nothing-text = Nothing in the records answers to this as of that moment.
report-command = On the command line:
report-cell-none = nothing
report-yes = Yes
report-no = No
report-from-hint = Unless you say so, { $days } days before the moment asked about.

refusal-no-such-report = There is no such report: { $id }.
refusal-report-needs = This report needs to be told: { $parameter ->
    [person] the person
    [role] the role
    [at] the moment
   *[other] { $parameter }
}.
refusal-report-takes-not = This report can not be asked about this: { $parameter ->
    [person] a person
    [role] a role
    [at] a moment; it tells of now
    [from] a period
    [until] a period
    [days] a number of days
    [client] a tool
    [address] an address
    [team] a team
    [kind] a kind
   *[other] { $parameter }
}.

report-parameter-person = Person
report-parameter-role = Role
report-parameter-at = As of
report-parameter-from = From
report-parameter-until = Before

report-title-holders-now = Holders now
report-question-holders-now = Who holds a role now?
report-moment-holders-now = Everything that was given and has not ended. What is not in effect says why in its state. For another moment, ask the report “Holders at a moment”.
report-title-holders-at = Holders at a moment
report-question-holders-at = Who held a role at a moment?
report-moment-holders-at = Everything that was given by that moment and had not ended, with its state then. “Until” is when it ends, or did end later.
report-title-why-held = Why somebody holds a role
report-question-why-held = Why does this person hold this role: the whole chain?
report-moment-why-held = Every step up to that moment: exams, certificates, requests, decisions, the grant, locks, and each token.
report-title-approvals = Approvals
report-question-approvals = Who approved, and was anybody involved in their own case?
report-moment-approvals = What was decided in the period, up to that moment; and what a policy gave with nobody’s decision.
report-title-certified-when-used = Certified when used
report-question-certified-when-used = Was this person certified, and on which version, when access was granted and each time it was used?
report-moment-certified-when-used = Each grant and each token of the period up to that moment, with every part of the requirement that was in force for it. A certificate counts only if it was issued by then.

report-column-person = Person
report-column-role = Role
report-column-warehouse = Warehouse
report-column-starts = From
report-column-ends = Until
report-column-state = State
report-column-effective = In effect
report-column-grant = Grant
report-column-request = Request
report-column-when = When
report-column-step = Step
report-column-what = What
report-column-by = By
report-column-words = In words
report-column-thing = Record
report-column-decided = Decided
report-column-decision = Decision
report-column-decided_by = Decided by
report-column-approver = Who decided
report-column-on_behalf_of = In the place of
report-column-own_case = Own case
report-column-use = Moment
report-column-requirement = Requirement
report-column-certified = Certified
report-column-course = Course
report-column-course_version = Version
report-column-valid_from = Counts from
report-column-valid_until = Counts until
report-column-certificate = Certificate

report-word-step-attempt = Exam
report-word-step-certificate = Certificate
report-word-step-request = Request
report-word-step-decision = Decision
report-word-step-grant = Grant
report-word-step-held = Held back
report-word-step-lock = Lock
report-word-step-account = Account
report-word-step-token = Token
report-word-by-person = A person
report-word-by-policy = The policy alone
report-word-use-given = Access granted
report-word-use-began = Access began
report-word-use-token = Token given out

report-figure-effective = In effect at that moment
report-figure-decisions = Decisions
report-figure-own_cases = Decisions on one’s own case
report-figure-grants = Times granted
report-figure-tokens = Tokens
report-figure-uncertified = Without a certificate

report-days-hint = Unless you say so, { $days } days.
report-parameter-days = Days without a use
report-parameter-client = Tool (client_id or name)
report-parameter-address = Address

report-title-without-certificate = Granted without a certificate
report-question-without-certificate = Who has a grant without a valid certificate? None of them may be in effect.
report-moment-without-certificate = Every grant that ran at that moment, held against the certificates that counted then. Each that lacks one is listed, and whether it opened anything.
report-title-durations = How long it takes
report-question-durations = How long from a request to access, and from a lapse to no access?
report-moment-durations = Each case of the period up to that moment. Habilis itself says no from the very instant of a lapse; the time told runs to the end of the last token that was given out before, for a warehouse that never asks here. Access begins when it is given, or when it starts where that is later; a renewal that goes on without a gap is no wait and is not listed.
report-title-unused = Not used
report-question-unused = Which grants were not used for so many days?
report-moment-unused = Every grant that ran at that moment and had begun by then, with the last token that was given out under it.
report-title-tokens = Tokens given out
report-question-tokens = Which tokens were given out, by person, role, tool and address?
report-moment-tokens = Every token of the period up to that moment, counted by who got it, for what, by which tool and from where.
report-title-leaver = A leaver
report-question-leaver = This person left: is everything gone, and by when?
report-moment-leaver = The account, and everything that was there when it was shut out: whether it was gone by that moment. Of somebody who has not left, everything that was there. Of what is still there it is told when it ends by itself, where that is known.

report-column-missing = Lacks
report-column-lost = Since
report-column-case = Case
report-column-began = From
report-column-done = To
report-column-took_seconds = Took
report-column-last_used = Last used
report-column-unused_days = Days unused
report-column-tool = Tool
report-column-client = client_id
report-column-address = Address
report-column-tokens = Tokens
report-column-first = First
report-column-last = Last
report-column-kind = Kind
report-column-since = Since
report-column-is_gone = Gone
report-column-gone = Gone at
report-column-after_seconds = After leaving
report-column-gone_by = Gone by, if nothing ends it before

report-word-case-request = From request to access
report-word-case-certificate = From a certificate’s end to no access
report-word-case-grant = From a grant’s end to no access
report-word-left-account = Account
report-word-left-session = Session
report-word-left-grant = Grant
report-word-left-request = Request
report-word-left-token = Token
report-word-left-tool = Connected tool
report-word-left-link = One-time link
report-word-left-service = Service account
report-word-left-identity = Sign-in elsewhere
report-word-left-credential = Credential they made
report-word-left-webhook = Secret of a webhook they made

report-figure-without_certificate = Grants without a certificate
report-figure-without_and_effective = Of these in effect
report-figure-access_cases = Requests that led to access
report-figure-access_median = To access: half took at most
report-figure-access_p90 = To access: nine in ten took at most
report-figure-lapse_cases = Lapses
report-figure-lapse_median = To no access: half took at most
report-figure-lapse_p90 = To no access: nine in ten took at most
report-figure-unused = Grants not used
report-figure-never_used = Of these never used
report-figure-use_unknown = Use no longer known
report-figure-people = People
report-figure-tools = Tools
report-figure-addresses = Addresses
report-figure-left = Shut out since
report-figure-not_shut_out = Not shut out at that moment
report-figure-all_gone = Everything gone
report-figure-still_there = Still there
report-figure-gone_by = All gone by
report-figure-will_be_gone_by = All gone by, if nothing ends it before

report-title-policy-then = Policy at a moment
report-question-policy-then = Which policy applied to a role then, and what changed since?
report-moment-policy-then = The policy that was in force at that moment, and every one since then up to now, each with what it changed. That the role was withdrawn from the catalogue is told as a change, too.
report-column-applied = Applied
report-column-until = Until
report-column-changed = Changed
report-column-approval = Approval
report-column-max_seconds = At most
report-column-token_seconds = One token
report-column-grace_seconds = Grace
report-column-policy = Policy
report-word-applied-then = Then
report-word-applied-since = Since
report-word-policy-requires = the requirement
report-word-policy-approval = the approval
report-word-policy-max_duration = how long access lasts
report-word-policy-token_lifetime = how long a token lasts
report-word-policy-reason = whether a reason is needed
report-word-policy-grace_after_lapse = the grace after a lapse
report-word-policy-undecided_for = how long a request waits
report-word-policy-withdrawn = withdrawn from the catalogue
report-word-policy-returned = back in the catalogue
report-figure-changes = Changes since
report-figure-withdrawn = Withdrawn from the catalogue

report-title-reviews = Reviews
report-question-reviews = Were reviews on time, and what was removed?
report-moment-reviews = Each line of the reviews that began in the period, with its answer as of that moment. What nobody had answered when it was due was not on time.
report-column-title = Review
report-column-answer = Answer
report-column-on_time = In time
report-column-due = Due
report-column-answered = Answered
report-column-answered_by = Answered by
report-column-review = Record
report-figure-review_lines = Lines
report-figure-answered_in_time = Answered in time
report-figure-late = Late
report-figure-removed = Removed
report-figure-lapsed = Ended unanswered
report-word-state-pending = Open
report-word-state-delegated = Passed on
report-word-state-cancelled = Cancelled

report-title-log-integrity = Is the log sound?
report-question-log-integrity = Is this log complete and unaltered?
report-moment-log-integrity = The tree as it was signed last by that moment, the events of the period byte by byte (the last 10,000 of them), and what the last walk through the whole log came to: one begins each day. This house checks itself here; a stranger checks an export with “habilis audit verify”.
report-column-check = Check
report-column-sound = Sound
report-column-looked_at = Looked at
report-column-wrong = Wrong
report-column-found = First found
report-word-check-waiting = Every event has its position in time
report-word-check-listed = Every event is in the log, or waits for its position
report-word-check-guarded = The database refuses to change or delete events
report-word-check-outside = No place outside is said to have more than there is
report-word-check-keys = Every key of the log is named by an event in it
report-word-check-signature = The checkpoint is signed, and speaks of this tree
report-word-check-positions = No position is empty
report-word-check-events = Each event is what it was, byte by byte
report-word-check-beside = Addresses and words are those that were committed to, or went with an erasure
report-word-check-whole = The last walk through the whole log found nothing else than was signed
report-figure-log_sound = Complete and unaltered
report-figure-log_events = Events in the signed log
report-figure-log_signed = Last signed
report-figure-log_unproved = Words that nothing proves: erasures took names out of them, or they are older than the log
report-figure-log_out_of_time = Events dated more than five minutes before one that stands before them
report-figure-log_first_out_of_time = The first of these, by its position
report-figure-nothing_signed_yet = Nothing was signed yet at that moment
report-word-by-emergency = Nobody: an emergency
report-word-state-emergency = Taken in an emergency
report-word-policy-hours = when access may be used
report-word-policy-claim_by = how long an approval may be claimed
