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
report-as-of = As of { $at }
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
