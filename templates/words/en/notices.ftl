### What the pages of access, audit and administration say after a form, and what their handlers say beside the templates.

notice-role-granted = The role is yours. You can take a token now.
notice-role-granted-later = The role is yours. Below it says from when on it opens.
notice-request-sent = Your request is with the people who decide.
notice-request-lapsed = This role is not where it was any more, so nothing comes of your request.
notice-request-blocked = Your request is kept. It goes on by itself as soon as the missing certification is there.
notice-request-withdrawn = Your request is withdrawn.
notice-request-approved = Approved. The grant is given.
notice-approval-given = Your approval is kept. Others have to agree as well.
notice-request-waits = Your approval is kept. A certification is missing again, so the request waits for it.
notice-request-rejected = Rejected. They read your comment.
notice-request-returned = Sent back with your question.
notice-grant-revoked = The grant is revoked. No token is minted under it any more.
notice-grant-revoked-all = The grant is revoked, and so is the one that was to follow it. No token is minted under them any more.
notice-teams-saved = The teams are saved.
notice-capabilities-saved = What they may do is saved.
notice-login-saved = The name in the warehouse is saved.
notice-person-disabled = The account is disabled: sessions and grants have ended.
notice-person-enabled = The account is enabled again.
notice-their-session-ended = Their session has ended.
notice-attempt-voided = The attempt is voided. A certificate that rested on it is revoked.
notice-keys-rotated = The keys are rotated: the next one signs from now on.
notice-lock-placed = The lock stands. Nothing is opened under it any more.
notice-lock-lifted = The lock is lifted.
notice-content-loaded = The content is loaded and in force.

team-named = the { $team } team
any-role = Any role
any-warehouse = Any warehouse
any-team = Any team
any-kind = Any kind
any-outcome = Done or refused
state-not-ended = Everything that has not ended
state-all = Everything, ended too
outcome-done = Done
outcome-refused = Refused
role-suspended-why = It rests on { $names }, which does not count at this moment. Renew it, and the access comes back by itself.
role-suspended-by = { $cause ->
    [review] Its review was due, and nobody has said that it is to be kept. It comes back as soon as the owner of the role says so.
   *[admin] An admin has suspended it. It comes back when the suspension is lifted.
}
ask-closed-locked = While the lock stands, no request for this role can be sent.
ask-closed-early = It is in effect. It can be renewed from { $day } on.
ask-closed-whom = Ask { $whom }
token-next-renew = Renew { $name }
token-next-earn = Take { $name }
token-next-role = See the role
any-state = Any state

login-rule = { $from ->
    [local] { $case ->
        [upper] What stands before the @ of the e-mail address, in capitals
        [lower] What stands before the @ of the e-mail address, in small letters
       *[keep] What stands before the @ of the e-mail address
    }
   *[email] { $case ->
        [upper] The e-mail address, in capitals
        [lower] The e-mail address, in small letters
       *[keep] The e-mail address
    }
}

wrong-email = Write the whole address, such as ana@example.com.
wrong-name = Write their name, with at most 100 letters.
wrong-teams = A team’s name has letters, digits and hyphens only.
wrong-login = A name in a warehouse has at most 200 characters.
wrong-confirm = Tick the box first: it is the thing to check.
wrong-decision = Choose one of the three answers.
wrong-cap = Choose one of the lengths in the list.
wrong-cursor = This page was reached by an address that is not ours. Start from the first page.
wrong-kind = Choose one of the kinds in the list.
wrong-state = Choose one of the states in the list.
wrong-at = Write a day and a time, such as 2027-03-01T09:00.
wrong-as_of = Write a day and a time, such as 2027-03-01T09:00.
wrong-from = Write a day and a time, such as 2027-03-01T09:00.
wrong-until = Write a day and a time, such as 2027-03-01T09:00.
wrong-zone = There is no time zone of this name: write one like Europe/Paris.

notice-mail-sent = The link was mailed, too.
notice-mail-failed = The link could not be mailed: hand it over yourself. The log says why.
