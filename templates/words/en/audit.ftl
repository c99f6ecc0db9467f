### Holders, evidence and the log.

events-title = Events
events-lede = Everything that happened, line by line. Lines are only ever added; open one to see all that was kept.
events-empty = No line fits these filters
events-empty-text = Widen the dates, or take a filter away.
event-kind = Kind
event-person = Person
event-outcome = Outcome
event-number = Line
event-subject = About
actor = { $kind ->
    [person] { $name }
    [system] Habilis
    [operator] The operator { $name }
    [directory] The company’s directory
    [receiver] A receiver of signals
    [service] The service account { $name }
   *[anonymous] Somebody not signed in
}
event-sentence = { $kind ->
    [attempt_extended] An open attempt of <b>{ $person }</b> got more time from <b>{ $actor }</b>
    [accommodation_granted] <b>{ $actor }</b> granted an accommodation to <b>{ $person }</b>
    [accommodation_ended] <b>{ $actor }</b> ended an accommodation of <b>{ $person }</b>
    [course_assigned] <b>{ $actor }</b> assigned a course to a team
    [assignment_ended] <b>{ $actor }</b> ended an assignment of a team
    [directory_credential_made] <b>{ $actor }</b> made a credential for the directory
    [directory_credential_ended] <b>{ $actor }</b> ended a credential of the directory
    [signal_receiver_made] <b>{ $actor }</b> made a receiver of signals
    [signal_receiver_removed] <b>{ $actor }</b> removed a receiver of signals
    [signal_credential_made] <b>{ $actor }</b> made a credential for a receiver of signals
    [signal_credential_ended] <b>{ $actor }</b> ended a credential of a receiver of signals
    [signal_stream_changed] <b>{ $actor }</b> changed a stream of signals
    [log_key_made] The key that signs the log was made
    [webhook_made] <b>{ $actor }</b> made a webhook
    [webhook_changed] <b>{ $actor }</b> changed a webhook
    [webhook_secret_made] <b>{ $actor }</b> made a new secret for a webhook
    [webhook_removed] <b>{ $actor }</b> removed a webhook
    [notice_told] A notice went to <b>{ $person }</b>
    [person_provisioned] <b>{ $actor }</b> brought <b>{ $person }</b> in
    [person_released] <b>{ $actor }</b> let <b>{ $person }</b> go
    [team_renamed] <b>{ $actor }</b> renamed a team
    [team_released] <b>{ $actor }</b> let a team go
    [team_made] <b>{ $actor }</b> made a team
    [team_leads_changed] <b>{ $actor }</b> changed who leads a team: <b>{ $person }</b>
    [person_erased] <b>{ $actor }</b> erased a person, now <b>{ $person }</b>
    [person_invited] <b>{ $actor }</b> invited <b>{ $person }</b>
    [person_activated] <b>{ $person }</b> came in for the first time
    [person_changed] <b>{ $actor }</b> changed the profile of <b>{ $person }</b>
    [person_disabled] <b>{ $actor }</b> disabled <b>{ $person }</b>
    [person_enabled] <b>{ $actor }</b> enabled <b>{ $person }</b> again
    [password_changed] <b>{ $person }</b> chose a new password
    [link_made] <b>{ $actor }</b> made a one-time link for <b>{ $person }</b>
    [session_started] <b>{ $actor }</b> signed in
    [session_signed_out] <b>{ $actor }</b> signed out
    [session_ended] <b>{ $actor }</b> ended a session of <b>{ $person }</b>
    [content_loaded] <b>{ $actor }</b> loaded a version of the courses
    [content_refused] A version of the courses loaded by <b>{ $actor }</b> was refused
    [course_enrolled] <b>{ $person }</b> began a course
    [module_completed] <b>{ $person }</b> finished a module
    [attempt_started] <b>{ $person }</b> began an attempt
    [attempt_answer_saved] <b>{ $person }</b> saved an answer
    [attempt_submitted] <b>{ $person }</b> submitted an attempt
    [attempt_expired] The time of an attempt by <b>{ $person }</b> ran out
    [attempt_graded] An attempt by <b>{ $person }</b> was marked
    [attempt_in_review] An attempt by <b>{ $person }</b> went to a person for marking
    [attempt_answer_marked] <b>{ $actor }</b> marked an answer of an attempt by <b>{ $person }</b>
    [attempt_voided] <b>{ $actor }</b> voided an attempt by <b>{ $person }</b>
    [attempt_regraded] The mark of an attempt by <b>{ $person }</b> was corrected
    [regrade_applied] <b>{ $actor }</b> corrected the marks of a question
    [certificate_issued] <b>{ $person }</b> earned a certificate
    [certificate_expired] A certificate of <b>{ $person }</b> expired
    [certificate_superseded] A newer certificate of <b>{ $person }</b> took the place of an older one
    [certificate_revoked] <b>{ $actor }</b> revoked a certificate of <b>{ $person }</b>
    [certificate_reminded] A reminder went to <b>{ $person }</b> before a certificate lapses
    [request_submitted] <b>{ $person }</b> asked for <code>{ $role }</code>
    [request_blocked] The request of <b>{ $person }</b> for <code>{ $role }</code> waits for a certification
    [request_in_review] The request of <b>{ $person }</b> for <code>{ $role }</code> went to those who decide
    [request_decided] <b>{ $actor }</b> decided on the request of <b>{ $person }</b> for <code>{ $role }</code>
    [request_approved] The request of <b>{ $person }</b> for <code>{ $role }</code> was approved
    [request_rejected] The request of <b>{ $person }</b> for <code>{ $role }</code> was rejected
    [request_returned] The request of <b>{ $person }</b> for <code>{ $role }</code> was returned with a question
    [request_commented] <b>{ $actor }</b> commented on the request of <b>{ $person }</b> for <code>{ $role }</code>
    [request_withdrawn] <b>{ $person }</b> withdrew the request for <code>{ $role }</code>
    [request_lapsed] The request of <b>{ $person }</b> for <code>{ $role }</code> lapsed undecided
    [grant_given] <b>{ $person }</b> was granted <code>{ $role }</code>
    [grant_claimed] <b>{ $person }</b> claimed the grant of <code>{ $role }</code>
    [grant_activated] The grant of <code>{ $role }</code> to <b>{ $person }</b> began
    [grant_suspended] The grant of <code>{ $role }</code> to <b>{ $person }</b> was suspended
    [grant_resumed] The grant of <code>{ $role }</code> to <b>{ $person }</b> came back into effect
    [grant_suspension_lifted] <b>{ $actor }</b> lifted a suspension of the grant of <code>{ $role }</code> to <b>{ $person }</b>
    [grant_unused_warned] <b>{ $person }</b> was told that <code>{ $role }</code> ends because it is not used
    [grant_ended] The grant of <code>{ $role }</code> to <b>{ $person }</b> ended
    [review_started] <b>{ $actor }</b> began a review
    [review_reminded] Those whom a review asks were reminded
    [review_closed] A review was closed: every line has come to its end
    [review_cancelled] <b>{ $actor }</b> called a review off
    [review_line_answered] <b>{ $actor }</b> answered the review of <code>{ $role }</code> for <b>{ $person }</b>
    [review_line_delegated] <b>{ $actor }</b> handed the review of <code>{ $role }</code> for <b>{ $person }</b> to somebody else
    [review_line_overdue] The review of <code>{ $role }</code> for <b>{ $person }</b> is overdue
    [review_line_lapsed] Nobody answered the review of <code>{ $role }</code> for <b>{ $person }</b>
    [review_line_gone] <code>{ $role }</code> of <b>{ $person }</b> ended before its review was answered
    [review_line_cancelled] The review of <code>{ $role }</code> for <b>{ $person }</b> was called off
    [lock_placed] <b>{ $actor }</b> placed a lock on <b>{ $person }</b> <code>{ $role }</code>
    [lock_lifted] <b>{ $actor }</b> lifted the lock on <b>{ $person }</b> <code>{ $role }</code>
    [delegation_made] <b>{ $actor }</b> let somebody decide in place of <b>{ $person }</b>
    [delegation_begun] Somebody began to decide in place of <b>{ $person }</b>
    [delegation_ended] A delegation of <b>{ $person }</b> ended
    [emergency_taken] <b>{ $person }</b> broke the glass and took <code>{ $role }</code>
    [emergency_reviewed] <b>{ $actor }</b> judged that <b>{ $person }</b> broke the glass for <code>{ $role }</code>
    [token_minted] <b>{ $person }</b> took a token for <code>{ $role }</code>
    [client_registered] <b>{ $actor }</b> registered a tool
    [client_changed] <b>{ $actor }</b> changed a tool
    [client_removed] <b>{ $actor }</b> removed a tool
    [client_secret_made] <b>{ $actor }</b> made a secret for a tool
    [client_secret_ended] <b>{ $actor }</b> ended a secret of a tool
    [client_owner_changed] <b>{ $actor }</b> handed a service account over (<b>{ $person }</b>)
    [client_named] <b>{ $actor }</b> named a service account of <b>{ $person }</b> in a warehouse
    [client_accepted] <b>{ $actor }</b> agreed to a service account that uses their access
    [client_declined] <b>{ $actor }</b> did not agree to a service account, or no longer
    [client_access_ending] The access of <b>{ $person }</b> to <code>{ $role }</code>, which a service account uses, is about to end
    [client_access_ended] A service account of <b>{ $person }</b> lost its access to <code>{ $role }</code>
    [token_minted_service] A service account of <b>{ $person }</b> took a token for <code>{ $role }</code>
    [token_minted_exchange] A token of <b>{ $person }</b> for <code>{ $role }</code> was exchanged by another tool
    [tool_connected] <b>{ $person }</b> signed in to a tool <code>{ $role }</code>
    [tool_ended] What a tool held for <b>{ $person }</b> ended
    [token_revoked] A token of <b>{ $person }</b> was given back
    [identity_linked] <b>{ $person }</b> was linked with an identity provider
    [identity_unlinked] <b>{ $actor }</b> unlinked <b>{ $person }</b> from an identity provider
    [key_made] <b>{ $actor }</b> made a key
    [key_activated] <b>{ $actor }</b> put a key into use
    [key_retiring] <b>{ $actor }</b> began to retire a key
    [key_gone] <b>{ $actor }</b> removed a key
    [secret_key_renewed] <b>{ $actor }</b> put a new secret key in front of the old one
    [secret_key_resealed] <b>{ $actor }</b> sealed anew what an older secret key had sealed
    [secret_key_old_dropped] <b>{ $actor }</b> let the old secret keys go
    [records_exported] <b>{ $actor }</b> exported records
    [audit_read] <b>{ $actor }</b> read the audit
    [refused] <b>{ $actor }</b> was refused <code>{ $role }</code>
   *[other] <b>{ $actor }</b> { $kind } { $person } <code>{ $role }</code>
}
quoted = “{ $text }”

holders-title = Holders
holders-lede = Who holds which access, now or at any moment of the past. Every line opens into its evidence.
holders-explain = Ask about one person
holders-filter-person = Person
holders-filter-warehouse = Warehouse
holders-filter-team = Team
holders-filter-state = State
holders-as-of = As of
holders-past = You are looking at the past
holders-past-text = The lines tell who held what on <strong>{ $at }</strong>, as the records stood in force then.
holders-ahead = You are looking ahead
holders-ahead-text = If nothing changes until then, the lines tell who will hold what on <strong>{ $at }</strong>: what is granted, ended, locked or revoked in the meantime is not known yet.
holders-note-forecast = This moment is to come: the lines tell what will be if nothing changes until then.
holders-note-team-today = The team is taken as it is today: who was in it at that moment is not recorded.
holders-now = Back to now
holders-person = Person
holders-role = Role
holders-span = From – until
holders-state = At that moment
holders-via = Because
holders-effective = In effect
holders-not = { $why ->
    [certificate] Certificate missing
    [review] Review overdue
    [admin] Suspended by an admin
    [locked] Locked
    [closed] Outside its hours
    [disabled] Person disabled
    [suspended] Suspended
    [ended] Ended
    [scheduled] Not begun
   *[other] Not in effect
}
holders-via-policy = granted by the policy
holders-used = Last used
used-never = never used
used-last = used { $far }
holders-via-decision = approved by { $names }
holders-request = request
holders-open = evidence
holders-none = Nobody
holders-none-text = Nobody held such an access at that moment. Take a filter away to see more.
holders-none-ever = Nobody holds any access yet
holders-none-ever-text = As soon as somebody earns a certification and is granted a role, the line stands here.

proof-title = { $person } and { $role }
proof-eyebrow = Evidence
proof-yes = Yes
proof-no = No
proof-at = { $past ->
    [yes] on { $at }
    [ahead] on { $at }, if nothing changes until then
   *[no] now, { $at }
}
proof-until = until { $day }
proof-conditions = What has to hold
proof-conditions-hint = All of it, at the same moment
proof-condition = Condition
proof-held = Held?
proof-when = When
proof-record = Record
proof-kind = { $kind ->
    [grant] A grant in force
    [certification] A valid certificate: { $name }
    [suspension] { $name ->
        [review] Its review answered in time
       *[admin] Not suspended by an admin
    }
    [person] The person is active
    [hours] Within its hours
    [lock] No lock on the person, the role or the warehouse
   *[other] { $kind } { $name }
}
proof-since = since { $from }
proof-chain = How one thing led to the next
proof-chain-hint = From the first exam to the last token
proof-step = { $kind ->
    [attempt] { $tone ->
        [bad] Did not pass { $name }
       *[other] Passed { $name }
    }
    [certificate] Certificate: { $name }
    [request] { $by } asked for { $name }
    [blocked] The request waited for { $name }
    [decision] { $tone ->
        [bad] { $by } rejected it
        [warn] { $by } asked for more
       *[other] { $by } approved it
    }
    [policy] The policy granted it without a decision
    [grant] Granted { $name }
    [suspended] The grant was suspended
    [resumed] The grant came back into effect
    [lock] { $by } locked { $name }
    [lifted] { $by } lifted the lock on { $name }
    [ended] The grant ended
    [disabled] { $by } disabled the account
    [tokens] Tokens minted under it: { $name } (the latest below)
   *[other] { $kind } { $name }
}
proof-held-back = { $cause ->
    [review] Nobody had said by the due date of its review that it is to be kept
   *[certificate] A certificate that it rests on no longer counted
}
proof-step-until = until { $day }
proof-json = The same as JSON
proof-revoke = Revoke this grant
proof-revoke-text = It ends at once and for good, and so does a renewal that was to follow it; another one needs another request. The person and the log are told why.
explain-title = Why may somebody, or why not?
explain-lede = One person, one role, one moment: the answer as a sentence, with everything that it rests on.
explain-person = Person
explain-role = Role
explain-choose = Choose a role
explain-at = When
explain-at-hint = Empty means now
explain-ask = Ask
explain-empty = Ask a question
explain-empty-text = The answer is read from the same records that open and shut the door.
