### What is mailed: links, and notices.

mail-reset-subject = Habilis: choose a new password
mail-reset-text =
    Hello { $name },

    this link lets you choose a new password:

    { $url }

    It works once, until { $until }, and ends your other sessions.

    You did not expect it? Tell your administrator.
mail-invitation-subject = Habilis: your invitation
mail-invitation-text =
    Hello { $name },

    you are invited to Habilis. Choose a password and come in:

    { $url }

    This link works once, until { $until }.
mail-invitation_provider-subject = Habilis: you are invited
mail-invitation_provider-text =
    Hello { $name },

    you are invited to Habilis. You need no password here: sign in with { $provider }.

    { $url }

    Keep the address; it works whenever you need it.
mail-certificate_lapses-subject = Habilis: your certificate is about to lapse
mail-certificate_lapses-text =
    Hello { $name },

    your certificate “{ $title }” counts until { $until }. The access that rests on it ends with it. To renew it without losing a day:

    { $place }
mail-certificate_superseded-subject = Habilis: a new version replaces your certificate
mail-certificate_superseded-text =
    Hello { $name },

    the course has changed: your certificate “{ $title }” still counts until { $until }. What changed, and how to renew it:

    { $place }
mail-certificate_taken_back-subject = Habilis: your certificate was taken back
mail-certificate_taken_back-text =
    Hello { $name },

    an exam was marked anew, and is not passed any more: your certificate “{ $title }” has not counted since { $until }, nor has the access that rests on it. How to earn it again:

    { $place }
mail-mark_corrected-passed-subject = Habilis: your exam is passed after all
mail-mark_corrected-passed-text =
    Hello { $name },

    a question of “{ $title }” was marked anew, and you pass the exam now. What changed, and why:

    { $place }
mail-mark_corrected-failed-subject = Habilis: your exam is not passed any more
mail-mark_corrected-failed-text =
    Hello { $name },

    a question of “{ $title }” was marked anew, and you do not pass the exam any more. What changed, and why:

    { $place }
mail-service_asks-subject = Habilis: a service account is to use your access
mail-service_asks-text =
    Hello { $name },

    an admin named you as the owner of the service account “{ $title }”: it is to get tokens on your access. It gets none before you agree, which only you can do, and you can take it back at any time:

    { $place }
mail-service_ends-subject = Habilis: a service account is about to lose its access
mail-service_ends-text =
    Hello { $name },

    the service account “{ $title }” uses the access of { $owner } to { $role }, which ends on { $until }. From then on it gets no token. To keep it running, { $owner } renews what ends, or an admin hands the account over:

    { $place }
mail-service_stopped-subject = Habilis: a service account has lost its access
mail-service_stopped-text =
    Hello { $name },

    the service account “{ $title }” used the access of { $owner } to { $role }, which ended on { $until }. It gets no token any more. What leads to this access:

    { $place }
mail-delegation_begins-subject = Habilis: you decide in place of a colleague
mail-delegation_begins-text =
    Hello { $name },

    { $title } is away and has named you to decide in their place, until { $until }. Requests and reviews that wait for { $title } come to you; what is about their own access does not. Both of you can end it at any time:

    { $place }
mail-review_asks-subject = Habilis: your answers are asked for
mail-review_asks-text =
    Hello { $name },

    “{ $title }” asks you whether access is still needed{ $instead ->
        [yes] , in place of { $owner }
       *[no] { "" }
    }. What is unanswered by { $until } is suspended:

    { $place }
mail-review_due-subject = Habilis: a review is due soon
mail-review_due-text =
    Hello { $name },

    “{ $title }” still waits for answers of yours{ $instead ->
        [yes] , in place of { $owner }
       *[no] { "" }
    }. What is unanswered by { $until } is suspended:

    { $place }
mail-review_overdue-subject = Habilis: a review is overdue
mail-review_overdue-text =
    Hello { $name },

    “{ $title }” was due { $until }, and access that you were asked about{ $instead ->
        [yes] { " " }in place of { $owner }
       *[no] { "" }
    } is suspended. Keep it, and it works again at once:

    { $place }
mail-access_unreviewed-subject = Habilis: your access is suspended
mail-access_unreviewed-text =
    Hello { $name },

    the review of your access “{ $title }” was due, and nobody said that it is to be kept. Ask the owner of the role; it ends on { $until } otherwise:

    { $place }
mail-access_removed-subject = Habilis: your access has ended
mail-access_removed-text =
    Hello { $name },

    a review removed your access “{ $title }” on { $until }. If you still need it, ask for it again:

    { $place }
mail-access_lapsed-subject = Habilis: your access has ended unreviewed
mail-access_lapsed-text =
    Hello { $name },

    nobody answered the review of your access “{ $title }”, and it ended on { $until }. If you still need it, ask for it again:

    { $place }
mail-access_unused-subject = Habilis: access that you do not use is about to end
mail-access_unused-text =
    Hello { $name },

    nobody has used your access “{ $title }” for long. It ends on { $until }, unless you use it until then:

    { $place }
mail-access_ended_unused-subject = Habilis: access that you did not use has ended
mail-access_ended_unused-text =
    Hello { $name },

    nobody used your access “{ $title }”, and it ended on { $until }. If you need it after all, ask for it again:

    { $place }
mail-emergency_taken-subject = Habilis: somebody took a role without approval
mail-emergency_taken-text =
    Hello { $name },

    { $owner } broke the glass and took “{ $title }” without approval. It ends at { $until }. Somebody else is to judge afterwards whether that was justified:

    { $place }
mail-emergency_overdue-subject = Habilis: nobody has judged a role taken without approval
mail-emergency_overdue-text =
    Hello { $name },

    { $owner } broke the glass and took “{ $title }” without approval. Somebody else was to judge that by { $until }, and nobody has:

    { $place }
mail-request_waits-subject = Habilis: a request waits for your decision
mail-request_waits-text =
    Hello { $name },

    { $owner } asks for the role “{ $title }”. The request waits for your decision, and lapses on { $until }:

    { $place }
mail-request_lapses-subject = Habilis: a request is about to lapse
mail-request_lapses-text =
    Hello { $name },

    the request of { $owner } for the role “{ $title }” lapses on { $until } if nothing happens:

    { $place }
mail-request_approved-subject = Habilis: your request is approved
mail-request_approved-text =
    Hello { $name },

    your request for the role “{ $title }” was approved on { $until }:

    { $place }
mail-request_rejected-subject = Habilis: your request is rejected
mail-request_rejected-text =
    Hello { $name },

    your request for the role “{ $title }” was rejected on { $until }. What was said about it stands with it:

    { $place }
mail-request_returned-subject = Habilis: a question about your request
mail-request_returned-text =
    Hello { $name },

    your request for the role “{ $title }” was returned to you on { $until } with a question. Answer it and ask again, or the request lapses:

    { $place }
mail-request_lapsed-subject = Habilis: your request has lapsed
mail-request_lapsed-text =
    Hello { $name },

    your request for the role “{ $title }” lapsed on { $until }. If you still need the role, ask again:

    { $place }
mail-request_commented-subject = Habilis: a comment on a request
mail-request_commented-text =
    Hello { $name },

    somebody said something about the request of { $owner } for the role “{ $title }”, on { $until }:

    { $place }
mail-access_ends-subject = Habilis: your access ends soon
mail-access_ends-text =
    Hello { $name },

    your access “{ $title }” ends on { $until }. You can ask for it again now, and there is no gap:

    { $place }
mail-access_held-subject = Habilis: your access does not work at present
mail-access_held-text =
    Hello { $name },

    your access “{ $title }” has been suspended since { $until }. The role’s page says why, and what brings it back:

    { $place }
mail-access_ended-subject = Habilis: your access has ended before its time
mail-access_ended-text =
    Hello { $name },

    your access “{ $title }” ended on { $until }. The role’s page says why. If you still need it, ask for it again:

    { $place }
mail-access_withdrawn-subject = Habilis: your access has ended with its role
mail-access_withdrawn-text =
    Hello { $name },

    your access “{ $title }” ended on { $until }: its role left the catalogue, or moved to another warehouse. What can be asked for stands here:

    { $place }
