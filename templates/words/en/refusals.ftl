# What the service says when it refuses: one message a code, with the facts of the refusal.
refusal-bad-credentials = This e-mail address and password do not match an active account. Check both; an admin can send you a new link.
refusal-sign-in-throttled = Too many wrong passwords. Try again after { $until }.
refusal-sign-in-first = Sign in first.
refusal-capability-missing = This is for people with another responsibility ({ $capability ->
    [admin] admins
    [auditor] auditors
    [author] authors
   *[other] { $capability }
}). An admin can tell you who that is.
refusal-link-dead = This link is used up or has expired. Ask an admin for a new one.
refusal-password-too-short = Choose a password of at least { $least } characters. A few unrelated words do well.
refusal-password-too-long = A password has at most { $most } characters.
refusal-password-common = This password is easy to guess. A few unrelated words make a better one.
refusal-wrong-password = Your current password is not right.
refusal-email-taken = { $email } has an account already.
refusal-no-such-person = There is no such person here.
refusal-several-people = Several people match this. Give the e-mail address of the one you mean.
refusal-no-such-session = This session is over already.
refusal-last-admin = This is the last active admin. Make somebody else an admin first.
refusal-already-so = This person is { $state ->
    [active] active already
    [disabled] disabled already
    [invited] invited already
   *[other] in that state already
}.
refusal-bad-field = The field “{ $field }” is not right: { $why ->
    [address] it is no e-mail address
    [name-length] 1 to 100 characters, please
    [login-length] at most 200 characters, please
    [nameless] it needs a name
    [team-name] letters, digits and hyphens only
    [zone] there is no such time zone
   *[other] please look at it again
}.
refusal-forged-form = This form did not come from a page of this service, or the page was open across a sign-in. Open the page again and repeat.
refusal-set-up-done = The first admin exists already. Sign in, or ask them for an invitation.
refusal-sign-in-crowded = Many people are signing in at this moment. Try again in a few seconds.
refusal-no-such-content = There is no such { $what ->
    [course] course
    [module] module
    [quiz] quiz
    [question] question
    [dataset] data set
   *[other] thing
}: { $id }.
refusal-no-such-attempt = There is no such attempt of yours.
refusal-attempt-limit-reached = All { $max } attempts of this period are used. The next is possible after { $next }.
refusal-attempt-cooldown = Take a break and read again: the next attempt is possible after { $next }.
refusal-exam-passed-already = You have passed this exam. It opens again for renewal after { $next }.
refusal-exam-passed = You have passed this exam. { $waits ->
    [certificate] The certificate waits for the rest of the course.
    [course] The rest of the course is still to be done.
   *[nothing] There is nothing to renew.
}
refusal-exam-for-holders = This short exam is for people whose certificate of an earlier version still counts. Take the full exam instead.
refusal-no-such-notice = There is no such notice.
refusal-prerequisite-missing = Another course comes first.
refusal-module-missing = Another module of this course comes first.
refusal-attempt-closed = This attempt is closed: { $state ->
    [submitted] it was handed in
    [expired] its time is over
    [pending_review] it is being marked
    [graded] it is marked
    [voided] it was voided
   *[other] it takes no more answers
}. What was saved in time counts.
refusal-answer-stale = A newer answer to this question was saved in another window (revision { $revision }). That one is kept.
refusal-bad-answer = Question { $no }: { $why ->
    [a-number] this is not a number. Write it like 12.5.
    [too-long] this answer is too long.
    [true-or-false] this is neither true nor false.
    [all-items-in-order] every item needs its place, and each place once.
   *[other] this answer does not fit the question.
}
refusal-no-such-question = There is no question { $no } on this form.
refusal-attempt-voided-already = This attempt is voided already.
refusal-no-such-certificate = There is no such certificate.
refusal-certificate-ended-already = This certificate { $state ->
    [expired] has expired already
    [superseded] was superseded already
    [revoked] was revoked already
   *[other] has ended already
}.
refusal-reason-needed = Say why, in a sentence: the reason is kept with the decision.
refusal-no-such-role = There is no such role: { $id }.
refusal-no-such-warehouse = There is no such warehouse: { $id }.
refusal-no-such-request = There is no such request.
refusal-no-such-grant = There is no such grant.
refusal-no-such-lock = There is no such lock in force.
refusal-bad-duration = This role is given for { $unit ->
    [minutes] { $most } minutes
    [hours] { $most ->
        [one] an hour
       *[other] { $most } hours
    }
   *[days] { $most ->
        [one] a day
       *[other] { $most } days
    }
} at the most, and for a minute at the least.
refusal-reason-too-long = A reason has at most { $most } characters.
refusal-too-many-comments = Enough was said here: one person comments on a request at most { $most } times, and all together { $in_all } times.
refusal-request-open-already = You have asked for this role already; the request is open.
refusal-role-held-already = You hold this role until { $until }. It can be renewed from { $from } on.
refusal-no-approver = Nobody but you could decide on this request. Ask an admin to name another approver for this role.
refusal-locked = An emergency lock is in place. Nothing is opened until an admin lifts it.
refusal-own-request = Nobody decides on a request of their own.
refusal-not-yours-to-decide = This request is for others to decide.
refusal-decided-already = You have decided on this request already, or somebody has in your place.
refusal-request-closed = This request { $state ->
    [approved] is approved already
    [rejected] was rejected already
    [withdrawn] was withdrawn
    [lapsed] has lapsed
    [blocked] waits for a certification
    [returned] was sent back with a question
    [in_review] is being decided
    [submitted] is being looked at
   *[other] is not open for this
}.
refusal-grant-ended-already = This grant has ended already.
refusal-locked-already = A lock is in place on this already.
refusal-role-not-held = You do not hold this role.
refusal-certification-missing = A certification that this role requires is missing or has lapsed.
refusal-grant-not-yet = Your grant begins at { $from }.
refusal-grant-suspended = { $cause ->
    [review] This access waits for its review: nobody has said by its due date that it is to be kept. The owner of the role can.
   *[admin] An admin has suspended this access.
}
refusal-account-inactive = Your account is not active.
refusal-content-has-errors = The content has { $errors } errors and was not taken; what was in force stays.
refusal-no-such-key = There is no such key.
refusal-key-not-retiring = This key is { $state ->
    [next] not in use yet
    [active] in use
    [gone] gone already
   *[other] not retiring
}: only a retiring key can be taken out of use. Rotate first.
refusal-no-such-page = There is no such page.
refusal-body-unreadable = What was sent can not be read: { $what ->
    [missing] the field “{ $field }” is missing.
    [unknown] there is no field “{ $field }” here.
    [twice] the field “{ $field }” is there twice.
    [takes] the field “{ $field }” takes { $why }.
    [field] the field “{ $field }” is not right.
    [not-json] send JSON, with Content-Type: application/json.
    [search] look for at most 8 words in at most 200 characters.
   *[form] it has not the form that is read here.
}
refusal-body-too-large = What was sent is larger than the { $most } KB that are taken here.
refusal-field-not-right = The field “{ $field }” is missing or not right.
refusal-cursor-foreign = This cursor was not given by the list that it is used on. Start from the first page.
refusal-idempotency-key-reused = This Idempotency-Key was used before for something else. Use a fresh one.
