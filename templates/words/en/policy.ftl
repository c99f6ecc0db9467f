### Policies, delegation, and the lifecycles of requests and grants.

notices-delegation_begins = You decide in place of { $owner }
notices-delegation_begins-text = { $owner } is away: requests and reviews that wait for them come to you, until
refusal-no-such-delegation = There is no such delegation.
refusal-delegate-oneself = Name somebody else: nobody decides in their own place.
refusal-delegate-inactive = This person can not act at the moment, and so can not decide for anybody.
refusal-bad-period = A delegation ends after it begins, in the time to come, and lasts { $most } days at the most.
refusal-delegation-overlaps = Somebody decides in this place already, from { $from } to { $until }. End that first, or choose another time.
refusal-delegation-ended-already = This delegation has ended already.
refusal-manager-loop = This person answers to the other one already, so can not be their manager.
refusal-delegators-own-request = You decide in place of the person whom this is about, so it is for others to decide.
approver-owners = the role’s owners
approver-manager = the person’s manager
turn-for = in place of { $name }
decide-place = You decide
decide-place-own = on your own place
decide-place-of = in place of { $name }
decide-in-place-of = You decide in place of { $name }, who is away.

delegations-title = Delegations
delegations-lede = While somebody is away, another decides in their place on the requests that wait for them, and answers reviews. Never on a request or an access of their own, and nobody decides twice.
delegations-link = Away? Let somebody decide in your place
delegations-given = Who decides for me
delegations-given-none = Nobody. You decide yourself.
delegations-had = For whom I decide
delegations-had-none = For nobody but yourself.
delegations-all = Everybody’s
delegations-all-none = Nobody has delegated anything yet.
delegations-new = Name somebody
delegations-who = Who decides in your place
delegations-who-hint = Their e-mail address.
delegations-from = From
delegations-from-hint = Empty means at once.
delegations-until = Until
delegations-note = A word to them
delegations-do = Let them decide
delegations-end = End it
delegations-end-label = End the delegation of { $from } to { $to }
delegation-of = { $to } for { $from }
notice-delegated = It is noted. From then on they decide in your place, and are told so.
notice-delegation-ended = The delegation has ended.

person-manager = Manager
person-manager-none = Nobody
person-manager-hint = Decides where a role asks the person’s manager. Empty leaves them without.
person-manager-save = Save the manager
notice-manager-saved = The manager is saved.

refusal-bad-start = Access begins in the time to come, within { $days } days.
refusal-outside-hours = This role may be used within its hours only. They begin at { $from }.
refusal-grant-suspended-already = This grant is suspended already.
refusal-grant-not-suspended = Nobody has suspended this grant.
refusal-own-grant = Nobody lets a grant of their own go on: somebody else who may suspend it does.
weekdays-short = Mon|Tue|Wed|Thu|Fri|Sat|Sun
role-hours = Hours
role-claim = To be claimed
role-claim-within = within { $span }, by a token
role-by-rule = { $level ->
    [public] by the rule for public data
    [internal] by the rule for internal data
    [confidential] by the rule for confidential data
   *[personal] by the rule for personal data
}
role-closed-why = It may be used within its hours only. They begin { $at }.
note-closed = It may be used within its hours only, which begin { $at }.
permit-claim = Take your first token before { $at }, or say that you need it: what nobody claims ends.
permit-claim-do = I need it
notice-grant-claimed = It is yours until its end.
give-back = Give it back…
give-back-text = It opens nothing from now on, and its tokens with it. If you need it again, ask for it again.
give-back-do = Give it back
notice-grant-given-back = You have given it back. Nothing more is opened by it.
ask-starts = From when on?
ask-starts-hint = Empty means as soon as it is granted. The time counts from there.
explain-why-hours = it may be used within its hours only, which begin { $at }
explain-why-unclaimed = nobody claimed it by { $at }
proof-suspend = Suspend this grant
proof-suspend-text = It opens nothing from now on, nor does a renewal of it, nor what is asked for once its time is over, until somebody lets it go on. Its end stays where it is. The person and the log are told why.
grant-suspend-do = Suspend it
proof-reactivate = Let this grant go on
proof-reactivate-text = It is in effect again where everything else holds. What has ended meanwhile stays ended.
grant-reactivate-do = Let it go on
notice-grant-suspended = The grant is suspended. No token is minted under it.
notice-grant-reactivated = The grant goes on, where everything else holds.

refusal-too-many-at-once = Choose between one and { $most } requests at once.
policies-title = Policy preview
policies-nav = Policies
policies-lede = What would change if this access catalogue were loaded: role by role, for whom, and what stays as it is. Nothing is changed here.
policies-would = If this file were loaded
policies-wrong = This file would not be taken
policies-same = Nothing would change: no role, no request, no grant.
policies-fate = { $fate ->
    [added] new
    [gone] leaves the catalogue
    [moved] moves to another warehouse
   *[other] changes
}
policies-beside = Only what stands beside its policy differs: no request and no grant is touched.
policies-unused = Grants that nobody uses end by this rule, those that are held already among them.
policies-catalogue = Beside the roles
policies-blocked = { $n ->
    [one] One person would newly lack what it requires.
   *[other] { $n } people would newly lack what it requires.
}
policies-requests = { $n ->
    [one] One open request
   *[other] { $n } open requests
}
policies-grants = { $n ->
    [one] One grant
   *[other] { $n } grants
}
policies-effect = { $effect ->
    [lapses] lapses
    [ends] ends
    [blocked] keeps its policy; at the next request a certification is missing
   *[keeps] keeps its policy; the new one applies at the next request
}
policies-text = The file
policies-field = access.yaml
policies-field-hint = What is in force stands here. Change it, or paste another.
policies-do = Preview
policy-nothing = nothing
role-policies = Policy over time
role-policies-text = What applied when, and what each version changed
role-policy-since = In force since { $at }
bulk-tick = Decide together with others
bulk-title = Decide several at once
bulk-text = Those that are ticked above are decided by themselves, one after the other, with the same words.
waiting-title = Who is waiting for whom
waiting-text = Open requests of others, the next to lapse first
waiting-who = Request
waiting-whom = Waits for
waiting-on = { $on ->
    [certification] a certification: { $whom }
    [answer] an answer of { $whom }
   *[other] a word of { $whom }
}
comments-title = Comments
comments-new = Say something
comments-hint = It decides nothing. Whoever may read the request reads it.
comments-do = Comment
comments-erased = Erased.
notice-commented = Your comment is kept.
policy-field = { $field ->
    [requires] Certifications
    [approval] Approval
    [max_duration] Longest grant
    [token_lifetime] One token
    [reason] Reason
    [grace_after_lapse] Grace after a lapse
    [undecided_for] A request waits
    [hours] Hours
    [claim_by] To be claimed within
    [warehouse] Warehouse
    [name] Name there
    [sensitivity] Sensitivity
    [owner] Owner
    [data] Data
    [review_every] Review every
    [end_unused_after] Ends when unused for
    [end_unused_notice] Told before that
    [break_glass] Break-glass
    [kind] Kind of warehouse
    [audience] Audience of tokens
    [signing] Signature of tokens
    [typ] Type of tokens
    [login] How people are named there
    [host] Host
    [account] Account
    [database] Database
    [schema] Schema
    [compute] What queries run on
   *[other] { $field }
}

notices-request_waits = { $owner } asks for { $name }
notices-request_waits-text = It waits for your decision, and lapses on { $at }.
notices-request_lapses = The request of { $owner } for { $name } is about to lapse
notices-request_lapses-text = If nothing happens, it lapses on { $at }.
notices-request_approved = Approved: { $name }
notices-request_approved-text = Your request was approved on { $at }.
notices-request_rejected = Rejected: { $name }
notices-request_rejected-text = Your request was rejected on { $at }. What was said about it stands with it.
notices-request_returned = A question about your request for { $name }
notices-request_returned-text = It was returned to you on { $at }. Answer the question and ask again, or it lapses.
notices-request_lapsed = Lapsed: { $name }
notices-request_lapsed-text = Your request lapsed on { $at }. If you still need the role, ask again.
notices-request_commented = A comment on the request of { $owner } for { $name }
notices-request_commented-text = Somebody said something on { $at }.
notices-access_ends = Your access { $name } ends soon
notices-access_ends-text = It ends on { $at }. You can ask for it again now, and there is no gap.
notices-access_held = Your access { $name } is suspended
notices-access_held-text = It has been held back since { $at }, and does not work while it is. The role’s page says why, and what brings it back.
notices-access_ended = Your access { $name } has ended before its time
notices-access_ended-text = It ended on { $at }. The role’s page says why. If you still need it, ask for it again.
notices-access_withdrawn = Your access { $name } has ended: its role was withdrawn
notices-access_withdrawn-text = It ended on { $at }: the role left the catalogue, or moved to another warehouse. What can be asked for stands in the catalogue.
notices-emergency_taken = { $owner } broke the glass: { $name }
notices-emergency_taken-text = { $owner } took this role without approval. It ends at
notices-emergency_overdue = Nobody has judged that { $owner } broke the glass: { $name }
notices-emergency_overdue-text = { $owner } took this role without approval. Somebody else was to judge that by
refusal-no-such-emergency = There is no such use of break-glass.
refusal-not-on-call = Only admins and those who are on call break the glass. Ask for the role instead.
refusal-access-in-effect = You have this role in effect already, until { $until }.
refusal-own-emergency = Somebody else judges what you took yourself.
refusal-emergency-reviewed-already = This was judged already.
glass-title = Break-glass
glass-lede = A role at once, for a few hours, without approval: for emergencies. Its certifications are needed still, everybody who oversees hears of it, and somebody else judges it afterwards.
glass-overdue = { $n ->
    [one] One use should have been judged by now.
   *[other] { $n } uses should have been judged by now.
}
glass-take = Take a role now
glass-take-text = It is in effect at once, for { $span }. The role’s owners, the admins and the auditors are told, with your reason.
glass-role = Role
glass-reason-hint = What has happened, and what you need the role for.
glass-take-do = Break the glass
glass-uses = What was taken
glass-open = { $n ->
    [one] { $n } waits to be judged
   *[other] { $n } wait to be judged
}
glass-running = still in effect
glass-tokens = { $n ->
    [one] { $n } token
   *[other] { $n } tokens
}
glass-review-by = to be judged by { $at }
glass-review = Judge it
glass-review-hint = Needed; kept with it for good. What is not justified ends at once.
glass-justified = Justified
glass-unjustified = Not justified
glass-state = { $state ->
    [overdue] Overdue
    [approved] Justified
    [rejected] Not justified
   *[other] To be judged
}
status-taken = Taken
status-justified = Justified
status-unjustified = Not justified
glass-none = Nobody has broken the glass
glass-none-text = Roles that are taken in an emergency stand here, with what somebody else says of it.
notice-glass-broken = The role is in effect. Everybody who oversees it has been told.
notice-glass-reviewed = Your judgement is kept.
