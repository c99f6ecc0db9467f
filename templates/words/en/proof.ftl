### Certificates outside of the house: badges, paper, and verifying what somebody was shown.

keys-badges = badges
keys-badges-text = Signs badges and their status lists, never a token
keys-badges-retiring = Signs no more. Stays published for as long as its badges are shown.
keys-badges-rotate-text = The next key begins to sign badges, and the private part of the old one is wiped. Badges that were handed out stay good: the old public key stays published.
keys-badges-rotate-confirm = Badges taken from now on name the new key.

proof-take = Take it along
proof-take-text = Signed, so that anybody can check it, here or with a program of their own.
proof-badge-alt = Badge: { $name }
proof-pdf = The certificate on paper, worth a frame
proof-png = The badge for mails and profiles; the signed credential is in the picture
proof-svg = The same, sharp at every size
proof-jwt = The credential alone: Open Badges 3.0, for wallets and programs
proof-linkedin = Add it to your LinkedIn profile
proof-verify-other = Check another badge
proof-all-passed = Signature, time and status: all { $n } checks passed
proof-some-failed = What was checked
evidence-passed = Passed

verify-badge-eyebrow = For whoever was shown a badge
verify-badge-title = Check a badge
verify-badge-lede = Give us the picture or the text. We check the signature, the time, the status list and our own record, and tell you each of them.
verify-badge-yes = This badge is genuine, and it counts.
verify-badge-no = This badge does not hold.
verify-badge-foreign = It says that it was issued by { $issuer }. We can only speak for badges of this academy.
verify-badge-send = The badge
verify-badge-another = Another badge
verify-badge-file = The picture or the file
verify-badge-file-hint = PNG, SVG or JWT, at most 400 kB. Nothing of it is kept.
verify-badge-text = Or the text of the credential
verify-badge-text-hint = A JWT: three runs of letters with dots between them.
verify-badge-do = Check it
verify-badge-large = This is larger than any badge: at most 400 kB.
verify-badge-none = This is neither a badge (PNG or SVG) nor the text of one.
verify-badge-bare = There is no credential in this picture. A screenshot has none: ask for the file itself.
verify-badge-damaged = This picture does not read. It may have been cut off on its way.

check-passed = Passed:
check-failed = Failed:
check-skipped = Not looked at, for what it stands on has failed.
check-form-passed = It is an Open Badges 3.0 credential.
check-form-failed = It is not an Open Badges 3.0 credential.
check-issuer-passed = It was issued by this academy.
check-issuer-failed = It was not issued by this academy.
check-key-passed = It names a key that this academy publishes.
check-key-failed = It names no key that this academy publishes.
check-signature-passed = The signature is good: not a letter was changed.
check-signature-failed = The signature is wrong: it was changed, or somebody else made it.
check-content-passed = It says exactly what the academy’s record says.
check-content-failed = It does not say what the academy’s record says.
check-time-passed = Its time is not over. It ends on
check-time-failed = Its time is over, or has not begun. Its last day:
check-status-passed = The status list does not revoke it.
check-status-failed = The status list revokes it, since
check-standing-passed = The certificate counts at this moment.
check-standing-failed = The certificate does not count at this moment.

refusal-no-such-status-list = There is no such status list.
refusal-no-such-certification = There is no such certification.
