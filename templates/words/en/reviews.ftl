### Reviews: who confirms which access, what is told of it, and why it is refused.

nav-reviews = Reviews
nav-to-review = { $n ->
    [one] { $n } access to review
   *[other] { $n } accesses to review
}
reviews-title = Reviews
reviews-lede = Those who answer for a role say of each access whether it is still needed. What nobody answers in time is suspended, and ends.
reviews-mine = Waiting for you
reviews-mine-none = Nothing waits for you
reviews-mine-none-text = When a review asks you about access, it stands here.
reviews-all = All reviews
reviews-none = No review was begun yet
reviews-none-text = An admin begins one, or a role’s own rule does (review_every).
review-of = Review of { $roles }
review-many = { $n } roles
review-waiting = { $n ->
    [one] { $n } access waits for you
   *[other] { $n } accesses wait for you
}
review-due = Due
review-due-on = due { $day }
review-lapses = Unanswered access ends
review-started = Begun
review-by = By
review-cadence = the role’s own rule
review-roles = Roles
review-ended = Ended
review-progress = Progress
review-figures = { $done } of { $total } done, { $pending } pending, { $overdue } overdue
review-by-reviewer = By reviewer
review-by-role = By role
review-who = Reviewer
review-done = Done
review-pending = Pending
review-overdue = Overdue
review-total = In all
review-bar = Share
review-admins = any admin
review-lines = Accesses
review-lines-none = No line fits
review-pick = Choose { $person }, { $role }
review-used = Last used
review-certificates = Certificates
review-certified = { $names } until { $day }
review-uncertified = { $names }: not valid
review-held = Held
review-held-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
review-peers = Peers
review-peers-share = { $n } of { $of } in the same teams hold it
review-peers-none = nobody shares a team
review-reason = Asked for because
review-no-reason = no reason was given
review-reviewer = Asked
review-decided = { $by } on { $at }
review-own = It is about your own access, or that of somebody in whose place you decide: somebody else answers it.
review-handed = { $by } handed it to { $to } on { $at }
review-said = Comment
review-comment-hint = Needed to remove. The auditor reads it.
review-keep = Keep
review-remove = Remove
review-keep-one = Keep: { $person }, { $role }
review-remove-one = Remove: { $person }, { $role }
review-delegate = Ask somebody else
review-delegate-to = E-mail address
review-delegate-do = Hand over
review-bulk = Answer the chosen ones
review-bulk-go = Answer
review-page-title = { $name }
used-until = until { $day }
review-bulk-hint = Tick accesses above. All of them get the same answer, or none does.
review-overdue-title = Overdue: these accesses are suspended
review-overdue-text = Keep one, and it works again at once. What is still unanswered on { $at } ends.
review-pack = Evidence
review-cancel = Call off
review-cancel-do = Call the review off
review-cancel-hint = What was answered stays answered; the rest is neither kept nor removed.
review-filter-state = State
review-filter-any = All
review-filter-open = Waiting for an answer
review-start = Begin a review
review-start-do = Begin
review-start-title = Title
review-start-title-hint = Such as “Personal data, spring”. May be empty.
review-start-owner = Answered for by
review-start-owner-any = Anybody
review-start-sensitivity = Sensitivity
review-start-sensitivity-any = Any
review-start-role = Role
review-start-due = Days to answer
review-start-grace = Days suspended before the end
review-start-grace-hint = What is unanswered by its due date is suspended for so long, and then ends.
notice-review-started = The review has begun, and everybody who is asked was told.
notice-review-answered = Answered.
notice-review-delegated = Handed over.
notice-review-cancelled = The review is called off.
notices-review_asks = { $name } asks for your answers
notices-review_due = { $name } is due soon
notices-review_overdue = { $name } is overdue: access is suspended
notices-review-text = { $n ->
    [one] { $n } access waits for your answer. Due { $at }.
   *[other] { $n } accesses wait for your answer. Due { $at }.
}
notices-review-text-for = { $n ->
    [one] { $n } access waits for your answer in place of { $owner }. Due { $at }.
   *[other] { $n } accesses wait for your answer in place of { $owner }. Due { $at }.
}
notices-access_unreviewed = Your access { $name } is suspended
notices-access_unreviewed-text = Its review was due, and nobody said that it is to be kept. Ask the owner of the role; it ends on { $at } otherwise.
notices-access_removed = Your access { $name } has ended
notices-access_removed-text = A review on { $at } removed it. If you still need it, ask for it again.
notices-access_lapsed = Your access { $name } has ended unreviewed
notices-access_lapsed-text = Nobody answered its review, and it ended on { $at }. If you still need it, ask for it again.
refusal-no-such-review = There is no such review.
refusal-no-such-review-line = There is no such line in this review.
refusal-review-empty = Nobody holds anything that this review would be about, or all of it is being reviewed already.
refusal-review-too-large = A review has at most { $most } grants. Begin several, by role or by owner.
refusal-review-bad-due = A review is due in 1 to 366 days, and what is unanswered ends at most 366 days later.
refusal-review-title-too-long = A title has at most { $most } characters.
refusal-review-own-grant = Nobody reviews their own access.
refusal-review-delegators-own = You decide in place of the person whose access this is, so it is for others to review.
refusal-review-not-yours = This access is for somebody else to review.
refusal-review-line-answered = This line { $state ->
    [kept] was kept already
    [removed] was removed already
    [lapsed] has ended unanswered
    [gone] ended before anybody answered
   *[cancelled] is not open any more
}.
refusal-review-not-open = This review { $state ->
    [closed] is closed
   *[cancelled] was called off
}.
refusal-review-due = Its due date has gone by: what is overdue is suspended, and waits for an answer.
refusal-review-unfit-delegate = This person can not answer it: it is their own access or that of somebody in whose place they decide, they are asked already, or their account is not active.
