### What the learners' pages say beside their templates: notices after a form, notes on one thing, wrong fields.

## said once, after a form
notice-welcome = Welcome in. This is your home page.
notice-signed-out = You are signed out.
notice-enrolled = You are enrolled. Begin whenever you like.
notice-module-read = Marked as read.
notice-certificate-earned = That was the last step: the certificate is yours.
notice-answers-saved = Everything is saved.
notice-certificate-revoked = The certificate is revoked. From this moment it counts for nothing.
notice-preferences-saved = Saved. The pages follow from now on.
notice-password-changed = Your password is changed, and your other sessions have ended.
notice-session-ended = That session has ended.
notice-sessions-ended = All your other sessions have ended.

## wrong fields
field-error-email = Write the whole address, such as ana@example.com.
field-error-name = Write your name as it should stand on a certificate.
field-error-zone = Choose a zone from the list.

## home
step-request = Ask for it, with a reason
note-suspended = It rests on “{ $name }”, which does not count at this moment. Renew it, and the access comes back.
note-scheduled = It begins { $at }.
note-returned = It came back to you with a question.
note-blocked = Your request waits, and goes on by itself once you are certified.
approver-team = team { $team }
approver-rules = the rules themselves

## quizzes and attempts
attempt-not-all = { $n ->
    [one] One answer is not saved as you gave it: see question { $list }. Everything else is saved.
   *[other] { $n } answers are not saved as you gave them: see questions { $list }. Everything else is saved.
}
note-stale = A newer answer from another window was saved at { $at }. It stands here now; change it if you meant the other one.
note-not-a-number = This is not a number, so it is not saved. Write it like 12.5.
note-bad-answer = This does not fit the question, so it is not saved.

## certificates
certificate-issuer = The data academy, { $host }
why-expired = Its time is over.
why-renewed = A newer certificate has taken its place.
why-superseded = A new version of the course has replaced it. It counts until its period of grace ends.
why-superseded-over = A new version of the course has replaced it, and its period of grace is over.
why-revoked = It was taken back.
why-revoked-because = It was taken back: { $reason }

## account
account-lang-browser = As the browser asks
device-on = { $browser } on { $system }
device-unknown = A program that does not say its name

## alerts in texts
callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution
