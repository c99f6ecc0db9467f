### What learners see: home, courses, quizzes, attempts, results.

just = { $text }
period-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
period-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
period-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
minutes = { $n } min
about-time = about { $span }
until = Until
progress = { $done } of { $of } done
step-from = from { $at }
next-chance = Next chance
best-mark = best { $mark }%
questions = { $n ->
    [one] { $n } question
   *[other] { $n } questions
}
question = Question
points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
points-of = { $points } of { $max }
pass-at = pass at { $mark }%
see-result = See the result
true = True
false = False
save = Save

## home
home-title = Home
home-hello = Hello, { $name }
home-welcome = Welcome, { $name }
home-lede = What you can open, until when, and what is one step away.
home-first-lede = Here you learn how our data works, and earn the right to open it. Nothing is asked of you that this page does not explain.
home-open-label = An attempt left open
home-open-exam = Exam in progress
home-open-practice = Practice in progress
home-open-answered = { $n } of { $of } questions answered.
home-open-left = { $left } left.
home-open-resume = Resume
home-decide = Decide
home-lapsing = “{ $name }” ends { $far }
home-lapsing-at = It counts until
home-lapsed = “{ $name }” has lapsed
home-lapsed-at = It counted until
home-lapsing-roles = { $n ->
    [one] With it goes your access to
   *[other] With it goes your access to
}
home-renew = Renew: { $title }
home-renew-from = Can be renewed from
home-see-certificate = See the certificate
home-roles = Roles you can hold
home-roles-all = The whole catalogue
home-role-open = About this role
home-token = Get a token
home-away = { $modules ->
    [0] { "" }
    [one] { $modules } module
   *[other] { $modules } modules
}{ $modules ->
    [0] { "" }
   *[other] { $exams ->
        [0] { "" }
       *[other] { " and " }
    }
}{ $exams ->
    [0] { "" }
    [one] { $exams } exam
   *[other] { $exams } exams
} away
home-requestable = You have everything it asks for.
home-waiting = Your request is with the people who decide.
home-no-roles = No role is open to anybody yet
home-no-roles-text = As soon as a warehouse is connected, its roles appear here with what each of them asks for.
home-requests = Your requests
home-request-since = Sent
home-request-by = decided by { $by }
home-request-lapses = lapses
home-courses = Courses in progress
home-courses-all = All courses
home-no-courses = Nothing in progress
home-no-courses-text = Begin a course and it will wait for you here, at the place where you left it.
home-begin = A good place to begin
journey-label = How it works
journey-1 = Learn
journey-1-text = Short modules, made of our own tables and our own mistakes.
journey-2 = Show it
journey-2-text = An exam. Your answers are saved as you go.
journey-3 = Be certified
journey-3-text = A certificate with a date, that anyone can check.
journey-4 = Open the data
journey-4-text = Ask for a role, get a token, use your own tool.

## courses
courses-title = Courses
courses-lede = Each says how long it takes, what it earns and which roles it opens.
courses-find = Find a course
courses-none = No course with these words.
courses-empty = No courses yet
courses-empty-text = Courses are files. As soon as the data team loads some, they stand here.
course-left = { $done } of { $of } done · { $left } left
course-until = certified until { $day }
course-opens = Opens
course-go-on = Go on
course-begin = Begin
course-go-on-to = Go on: { $title }
course-look-at = Starts with: { $title }
course-enrol = Enrol
course-next = Next:
course-held = You hold its certificate until
course-held-expiring = Your certificate is about to lapse:
course-held-superseded = A newer version has replaced your certificate; it counts until
course-held-expired = Your certificate has lapsed:
course-held-revoked = Your certificate was revoked; it would have ended
course-modules = Modules
course-exams = Exam
course-about = About this course
course-read-at = read on
course-after = after
course-practice = { $n ->
    [one] Practice, { $n } question
   *[other] Practice, { $n } questions
}
course-practice-best = Practice, best { $mark }%
course-earns = Earns
valid-for = Counts for
renewal = Renewal
renewal-before = in the last { $span }
course-opens-roles = Roles it opens
course-before = Before this course
course-objectives = Afterwards you can
course-version = version { $version }
course-write = Write to its authors
exam-pause = Pause
exam-go = Look at the rules and begin
module-of = Module { $n } of { $of }
module-read = Read
module-untranslated = This module has not been translated yet; here it is in English.
module-contents = On this page
module-objectives = You will be able to
module-end = The end of the module
module-done-title = You have read this module.
module-mark-title = Finished reading?
module-mark-text = It counts towards the certificate.
module-mark = Mark as read
module-turn = Other modules

## before a quiz
quiz-practice = Practice
quiz-exam = Exam
quiz-practice-lede = As often as you like, and every answer is explained afterwards. Nothing here is counted.
quiz-exam-earns = The last step to the certificate “{ $name }”.
quiz-exam-lede = Read the rules, then begin when you have the time in one piece.
quiz-rules = Rules
rule-questions = { $n ->
    [one] question
   *[other] questions
}
rule-pass = to pass
rule-time = from start to end
rule-no-limit-figure = ∞
rule-no-limit = no time limit
rule-left-figure = { $left } of { $max }
rule-attempts = attempts left in { $span }
rule-free = attempts, not counted
quiz-how = How it goes
how-saved = Every answer is saved as you give it. Close the laptop, come back on another one, go on.
how-clock = The clock runs on the server from the moment you begin, and does not stop when you leave. When it ends, what is saved is submitted.
how-minimums = Besides the whole, these parts have a minimum of their own:
how-pauses = The pause before the next attempt, from one to the next:
no-pause = none
how-review-full = Afterwards you see every question with the right answer and why.
how-review-score = Afterwards you see your mark and how each objective went; the questions stay closed so that they can be asked again.
quiz-past = Your attempts
col-when = Begun
col-result = Result
col-mark = Mark
col-took = Took
col-open = Open
quiz-start-label = Begin
quiz-open = Still open
quiz-open-until = Ends
quiz-not-now = Not now
do-first = First:
quiz-ready = Ready?
quiz-ready-practice = Try it
quiz-ready-text = You will have { $span }. An attempt counts from the moment you begin.
quiz-ready-free = An attempt counts from the moment you begin.
quiz-ready-practice-text = A fresh set of questions each time.
quiz-start = Begin the exam
quiz-start-practice = Begin practising

## an attempt
attempt-until = Ends at
attempt-left = Time left
attempt-saved-at = saved
attempt-saving = saving…
attempt-unsaved = Not saved. Trying again…
attempt-refused = One answer is not saved
attempt-nothing-yet = Answers are saved as you give them
attempt-answered-word = answered
attempt-of = { $n ->
    [one] of { $n } question answered
   *[other] of { $n } questions answered
}
attempt-navigator = Questions
attempt-questions = Questions and answers
attempt-finish = Finish…
attempt-save = Save this answer
attempt-save-all = Save everything
attempt-several = Choose all that apply.
attempt-flag = Come back to it
attempt-clear = Take the answer back
attempt-number = Your number
attempt-short = Your answer
attempt-elsewhere-title = This attempt goes on in another window
attempt-elsewhere-text = A newer answer came from there, so this one only shows. Nothing is lost.
attempt-take-over = Go on here instead
attempt-over-title = The time is up
attempt-over-text = What was saved has been submitted.
nav-answered = answered
nav-open = open
nav-flagged = to come back to
submit-title = Submit
submit-open-title = { $n ->
    [one] One question has no answer yet
   *[other] { $n } questions have no answer yet
}
submit-ready-title = Everything is answered
submit-time = The time ends
submit-unanswered = Without an answer
submit-flagged = To come back to
submit-final = Once submitted, nothing can be changed.
submit-practice = You will see every answer with its why.
submit-do = Submit
submit-back = Back to the questions

## after an attempt
result = Result
result-title = Result: { $quiz }
verdict-passed = Passed
verdict-failed = Not this time
verdict-pending_review = With a person for marking
verdict-voided = This attempt does not count
verdict-practice = { $n } of { $of } points
verdict-passed-text = { $mark }%, and { $pass }% were asked for.
verdict-failed-text = You reached { $mark }%; passing takes { $pass }% and the minimum in each part below.
verdict-practice-text = Practice is not counted. Look at the answers below, then try again if you like.
verdict-voided-text = An administrator has set it aside.
verdict-pending_review-text = A person reads your answer and marks it. The result will stand here, and with a pass your certificate follows at once.
verdict-nothing = There is no mark yet.
verdict-timed-out = The time ran out; what was saved has been submitted.
mark-of = { $mark }% of { $pass }% to pass
mark-points = { $max ->
    [one] { $points } of { $max } point
   *[other] { $points } of { $max } points
}
earned-text = Your certificate is ready. It counts until
earned-opens = It opens the way to
result-objectives = By objective
objective-bar = { $title }: { $percent }%
minimum-met = at least { $minimum }% needed: reached
minimum-missed = at least { $minimum }% needed
result-next = What comes next
result-missing = Still missing for the certificate:
result-read-again = Worth reading again:
result-again = Try again
result-left = { $n ->
    [0] No attempt left in this period.
    [one] { $n } attempt left in this period.
   *[other] { $n } attempts left in this period.
}
result-request = Look at the roles that rest on it, and ask for what you need.
result-request-do = See the roles
result-course = Back to “{ $title }”
result-review = Question by question
review-chosen-right = Your answer, right
review-chosen-wrong = Your answer
review-missed = Right, and not chosen
review-given = Your answer
review-expected = Right answer

## stamps
stamp-since = since { $day }
stamp-until = until { $day }
