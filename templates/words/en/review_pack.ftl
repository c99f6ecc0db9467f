### What the evidence of a review says, for whoever has only the file.

pack-title = Evidence of a review of access: { $name }
pack-lede = Who held which access when the review began, who answered for each, what they said, and what became of it. This file needs nothing else: no network, no account, no program of ours.
pack-made = Made on { $at } by { $issuer }
pack-summary = The review
pack-id = Number
pack-state = State
pack-review-state = { $state ->
    [open] open
    [closed] closed: every line has come to its end
   *[cancelled] called off before its due date
}
pack-roles = Roles
pack-started = Begun
pack-started-by = By
pack-by-cadence = the role’s own rule (review_every)
pack-due = Due
pack-lapses = Unanswered access ends
pack-ended = Ended
pack-outcomes = What the lines came to
pack-outcome = Outcome
pack-lines = Lines
pack-line-state = { $state ->
    [pending] waits for an answer
    [overdue] overdue: suspended
    [kept] kept
    [removed] removed
    [lapsed] ended: nobody answered
    [gone] ended before anybody answered
   *[cancelled] called off
}
pack-population = Every access, and what was decided
pack-population-hint = One entry for each grant at the moment at which the review began. The list was written down then, and its digest stands in the log.
pack-line = Line
pack-grant = Grant
pack-reviewer = Asked
pack-admins = any admin
pack-asked-for = Asked for because
pack-decided = Decided
pack-on-behalf = In the place of
pack-overdue = Overdue since
pack-handed = Handed on
pack-facts-start = Facts at the start
pack-facts-decision = Facts at the decision
pack-never = never
pack-used = Last used
pack-certificates = Certificates
pack-certified = { $names }: valid until { $until }
pack-uncertified = { $names }: not valid
pack-peers = Peers
pack-peers-share = { $n } of { $of } people who share a team hold it
pack-held = Held
pack-held-days = { $n ->
    [one] { $n } day, since { $since }
   *[other] { $n } days, since { $since }
}
pack-until = Until
pack-effective = In effect
pack-yes = yes
pack-no = no
pack-changed = What changed since the review began
pack-changed-later = What changed of { $grant }, which came in its place
pack-unchanged = Nothing.
pack-events = The log
pack-events-hint = Every line of the append-only log about this review, its lines and its grants since it began, with its place in the log. Part events.jsonl holds each as the log keeps it, with the words beside it, the proof that it stands at that place, and the checkpoint of the whole log that its key has signed; addresses of machines are left out.
pack-check = How to check the lines of the log
pack-check-with = With the program, without a network: save events.jsonl, and run the command below. It says that all of them are in the log, or names the first line that was changed. Take the key from whoever keeps it for you, or from { $issuer }/log/key: that it stands here proves nothing.
pack-check-without = Without it: the leaf of an event is the SHA-256 of one byte of zero and then its entry, byte by byte as it stands in the line (RFC 6962, section 2.1; RFC 9162, section 2.1.1); with the hashes of its proof, as its position says (RFC 9162, section 2.1.3.2), it comes to the root in the checkpoint, which the Ed25519 key has signed (c2sp.org/signed-note). Words beside an entry are right where the SHA-256 of their salt, a line feed and their text is the entry’s texts_commitment.
pack-check-parts = manifest.json has the SHA-256 of each part; that of population.jsonl must also be the one in the event review.started.
pack-event-seq = Place
pack-event-at = When
pack-event-kind = What
pack-event-actor = Who
pack-event-subject = About
pack-event-id = Number
pack-parts = The same for a machine
pack-parts-hint = Each part is inside this file: its name saves it. To check one, compare its SHA-256 with the table (sha256sum on Linux, shasum -a 256 on a Mac, Get-FileHash on Windows). The digest of population.jsonl must also be that of the event review.started.
pack-part = Part
pack-bytes = Bytes
