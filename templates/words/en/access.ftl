### Roles, requests, tokens and decisions.

access-title = Access
access-lede = Every role that you can ask for, and where you stand with each. A valid certification opens the door; your request says why.
access-count-effective = { $n ->
    [one] role in effect
   *[other] roles in effect
}
access-count-requestable = ready to request
access-count-waiting = { $n ->
    [one] request under way
   *[other] requests under way
}
access-filter = Filter by name, data or team
access-roles = { $n ->
    [one] { $n } role
   *[other] { $n } roles
}
access-none = No role fits these words
access-none-text = Try a table’s name, a team, or a warehouse.
access-all = Show all roles
access-empty = No role is catalogued yet
access-empty-text = Roles are written in access.yaml beside the courses. As soon as a version with roles is loaded, they stand here.

role-title = { $role }
role-status = { $status ->
    [effective] In effect
    [expiring] Ends soon
    [scheduled] Starts soon
    [requestable] Ready to request
    [missing] Certification missing
    [waiting] Waiting for a decision
    [in_review] Waiting for a decision
    [blocked] Waiting for a certification
    [returned] Needs your answer
    [suspended] Suspended
    [closed] Outside its hours
    [locked] Locked
   *[other] { $status }
}
role-until = until { $day }
role-freshness-hint = How old the data may be
role-halted = { $status ->
    [locked] This access is locked
    [closed] This role has hours
   *[other] This access is suspended
}
role-aside = About this role
role-sensitivity = Sensitivity
role-warehouse = Warehouse
role-owner = Owner
role-freshness = Freshness
role-freshness-at-most = at most { $span } old
role-incidents = Incidents
role-max = Longest grant
role-lifetime = One token works for
role-review = Review
role-review-every = every { $span }
role-data = What it opens
role-data-n = { $n ->
    [one] { $n } dataset
   *[other] { $n } datasets
}
golden = golden
golden-hint = The house’s reference for what it tells
sensitivity = { $level ->
    [public] Public
    [internal] Internal
    [confidential] Confidential
    [personal] Personal data
   *[other] { $level }
}

needs-title = What it demands
needs-all-met = You have everything
needs-not-met = Something is still missing
needs-none = No certification is needed.
need-or = or
need-is-met = met
need-is-missing = missing
need-state = { $state ->
    [valid] valid
    [expiring] ends soon,
    [expired] lapsed
    [revoked] revoked
    [in_progress] begun
    [missing] not yet
   *[other] { $state }
}
need-until = { $state ->
    [expired] on { $day }
    [revoked] on { $day }
   *[other] until { $day }
}
need-left = { $modules ->
    [0] { $exams ->
        [one] { $exams } exam to go
       *[other] { $exams } exams to go
    }
    [one] { $exams ->
        [0] { $modules } module to go
        [one] { $modules } module and { $exams } exam to go
       *[other] { $modules } module and { $exams } exams to go
    }
   *[other] { $exams ->
        [0] { $modules } modules to go
        [one] { $modules } modules and { $exams } exam to go
       *[other] { $modules } modules and { $exams } exams to go
    }
}

approval-title = Who decides
approval-auto = Nobody has to: with every certification in hand, your request is granted the moment you send it.
approval-auto-short = The policy decides by itself.
approval-lede = { $n ->
    [one] One approval clause, and the request lapses if nobody decides:
   *[other] All { $n } clauses have to agree:
}
approval-never-self = Nobody decides their own request, whoever they are.
clause = { $count ->
    [one] One of { $listed }
   *[other] { $count } of { $listed }
}
clause-given = { $given ->
    [0] { $count ->
        [one] still to be given
       *[other] { $count } still to be given
    }
   *[other] { $given } of { $count } given
}

permit-label = Your grant
permit-from = From
permit-until = Until
permit-login = Your login there
permit-tokens = Tokens so far
permit-tokens-machines = { $n ->
    [one] one of them taken by a service account
   *[other] { $n } of them taken by service accounts
}
permit-last = (latest { $far })
permit-certified = A certificate behind it ends on <strong>{ $day }</strong>: renew it before then, or the access stops that day.
permit-next = The grant after this one is signed: from { $from } to { $until }.
stamp = { $state ->
    [effective] In effect
    [expiring] Ends soon
    [scheduled] Starts on
    [suspended] Suspended
    [closed] Outside hours
    [locked] Locked
   *[other] { $state }
}
token-get = Get a token
token-get-hint = It works for { $span } and is shown once.
token-not-now = { $state ->
    [scheduled] Tokens can be had once the grant has begun.
    [suspended] No token until the missing certification is renewed.
    [closed] No token outside of its hours.
    [locked] No token while the lock stands.
   *[other] No token can be had at this moment.
}

role-request-title = Your request
role-request-says = { $state ->
    [blocked] It waits for your missing certification. The moment you earn it, the request goes on by itself.
    [returned] It came back with a question. Answer it below and send it again.
    [in_review] It is with the people who decide. You will see their answer here.
   *[other] It has been sent.
}
role-request-see = See the whole request
request-since = Sent
request-lapses = Lapses undecided
request-duration = For
request-starts = Access from
request-reason = Reason
request-withdraw = Withdraw the request
request-withdraw-hint = You can ask again at any time.

ask-title = { $kind ->
    [renew] Renew it
    [again] Answer and send again
   *[other] Ask for it
}
ask-while-missing = A certification is still missing. You can send the request now: it waits, and goes on by itself when you have earned it.
ask-reason = What do you need it for?
ask-reason-hint = One or two plain sentences. Whoever decides reads them, and so does the auditor.
ask-duration = For how long?
ask-duration-hint = At most { $span } at a time. Shorter is easier to say yes to, and can be renewed.
ask-send = { $kind ->
    [renew] Ask for the renewal
    [again] Send again
   *[other] Send the request
}
ask-then-decided = The people named below decide.
ask-then-at-once = Granted the moment you send it.
ask-then-when-met = Granted the moment the certification is there.

token-title = A token for { $role }
token-crumb = Token
token-lede = It works for { $span }, until { $at }. When it stops, come back for another: nothing else is to be done.
token-once = Shown this once
token-copy = Copy the token
token-itself = The token
token-expires = Works until { $at }
token-keep = Treat it like a password. We keep a record of it, never the token itself.
token-use = Use it
token-use-hint = Set it as HABILIS_TOKEN first; no file needs to hold it.
token-claims = What is in it
token-claims-hint = Anyone who holds the token can read this
token-claim = Claim
token-value = Value
token-means = Meaning
token-back = Back to { $role }
claim-means = { $name ->
    [iss] Who issued it
    [aud] The one warehouse that accepts it
    [sub] You, by id
    [preferred_username] Your login in the warehouse
    [email] Your e-mail address
    [scope] The one role that it opens
    [scp] The same, as a list
    [role] The role, by its name here
    [roles] The same, as a list
    [grant_id] The grant that it rests on
    [certificates] The certificates behind it
    [client_id] The tool that asked for it
    [jti] Its own number, in the log too
    [sid] Your session
    [auth_time] When you signed in
    [iat] When it was made
    [nbf] From when it works
    [exp] When it stops working
   *[other] { "" }
}
token-refused-title = No token for { $role }
token-refused-foot = Refused on { $at }; the log has the same line:

decisions-title = Decisions
decisions-lede = { $n ->
    [one] One request waits for you. Everything needed to decide it is on this page.
   *[other] { $n } requests wait for you, the oldest first. Everything needed to decide them is on this page.
}
decisions-lede-none = Requests for the roles that you look after come here.
decisions-empty = Nothing waits for you
decisions-empty-text = { $n ->
    [0] Once you are named in a role’s approval, its requests come here.
    [one] When somebody asks for this role, the request stands here with everything needed to decide it.
   *[other] When somebody asks for one of these roles, the request stands here with everything needed to decide it.
}
decisions-decided = Decided lately
decisions-by = by { $name }
case-label = { $person } asks for { $role }
case-no-reason = No reason was given; this role does not demand one.
case-certificates = Other valid certificates
case-approvals = Approvals: { $given } of { $asked }
case-earlier = Earlier grants of this role
case-earlier-none = None; this would be the first.
case-history = The whole request, with its history
grant-ended = { $why ->
    [running] still running
    [expired] ran its time
    [revoked] revoked
    [certificate_lost] a certificate lapsed
    [left] the person left
    [superseded] replaced by the next one
    [withdrawn] the role was withdrawn from the catalogue, or moved to another warehouse
    [unclaimed] nobody claimed it in time
    [given_back] given back by its holder
    [review_lapsed] not kept in a review
    [unused] not used
    [review_removed] removed in a review
   *[other] { $why }
}
decide-comment = Your comment
decide-comment-hint = Needed to reject or to return; kept in the log.
decide-cap = Shorter than asked?
decide-cap-hint = A cap stays, whoever else approves.
decide-cap-none = As asked: { $span }
decide-cap-at-most = At most { $span }
decide-approve = Approve
decide-return = Ask for more
decide-reject = Reject

request-title = { $person } asks for { $role }
request-mine-title = Your request for { $role }
request-crumb = Request
request-says = { $state ->
    [submitted] Just sent.
    [blocked] It waits for a certification and goes on by itself.
    [in_review] It waits for a decision.
    [returned] It was sent back with a question.
    [approved] It was approved.
    [rejected] It was rejected. Another request, with what was missing, is always possible.
    [withdrawn] It was withdrawn.
    [lapsed] It lapsed without a decision. It can be sent anew.
   *[other] { $state }
}
request-to-role = To the role
request-to-grant = To the grant
request-history = What happened
turn = { $kind ->
    [submitted] { $by } sent it
    [blocked] Waiting for a certification
    [in_review] Put before those who decide
    [approve] { $by } approved
    [reject] { $by } rejected
    [return] { $by } asked for more
    [approved] Approved
    [rejected] Rejected
    [returned] Returned
    [withdrawn] Withdrawn
    [lapsed] Lapsed undecided
    [granted] The grant was given
   *[other] { $kind } { $by }
}
turn-cap = for at most { $span }
