### People, warehouses, keys, locks, authoring, and the reference of the API.

filter-go = Apply
filter-clear = Clear the filters
filter-from = From
filter-until = Before
filter-person-hint = E-mail address or name
pager-first = Back to the first
word-reason = Reason
word-role = Role
word-address = Address
word-revoke = Revoke…
word-void = Void…

people-title = People
people-lede = <strong>{ $active }</strong> active, <strong>{ $invited }</strong> invited, <strong>{ $disabled }</strong> disabled.
people-invite = Invite somebody
people-invite-hint = You get a link to send them; it works once, for three days.
people-invite-send = Make the invitation
people-search = Name or e-mail address
people-search-hint = Part of it is enough
people-state = State
people-name = Name
people-email = E-mail address
people-office = Office
people-teams = Teams
people-certificates = Certificates
people-grants = Grants
people-seen = Last seen
people-never = never yet
people-empty = Nobody fits
people-empty-text = Try a shorter piece of the name, or another state.
person-state = { $state ->
    [active] Active
    [invited] Invited
    [disabled] Disabled
   *[other] { $state }
}
person-locked = Locked
capabilities = What else they may do
capability = { $name ->
    [admin] Admin
    [auditor] Auditor
    [author] Author
   *[other] { $name }
}
capability-means = { $name ->
    [admin] Changes people, locks, keys and content.
    [auditor] Reads everything, changes nothing.
    [author] Sees the state of the courses and of their questions.
   *[other] { "" }
}
link-title = { $purpose ->
    [provider] { $name } signs in with { $provider }
    [invitation] Invitation for { $name }
   *[other] A new password for { $name }
}
link-copy = Copy the link
link-itself = The link
link-until = Works once, until { $at }
link-once = Shown this once. Send it by a way that only they read.
link-provider = No password, and nothing to send but this address: { $provider } lets them in.

file-title = { $person }
file-nav = In this file
file-profile = Profile
file-grants = Grants
file-requests = Requests
file-certificates = Certificates
file-learning = Courses
file-attempts = Attempts
file-tokens = Tokens
file-sessions = Sessions
file-events = Events
file-doors = Measures
file-disabled = Disabled since { $at }
file-locked = Locked by { $by } on { $at }
file-to-lock = See the lock
file-since = Account since
file-language = Language
file-language-browser = the browser’s
file-zone = Time zone
file-id = Id
file-logins = Names in the warehouses
file-login-in = Login in { $warehouse }
file-login-by-hand = set by hand
file-login-by-rule = by the warehouse’s rule
file-login-hint = An empty name goes back to the rule.
file-logins-none = No warehouse is catalogued.
file-no-teams = There is no team yet.
file-new-team = Another team
file-teams-save = Save the teams
file-capabilities-save = Save
file-in-holders = Among the holders
file-compare = Compare with peers, and see what would be lost
file-grants-none = No grant, now or ever.
file-requests-none = No request so far.
file-certificates-none = No certificate so far.
file-learning-none = No course begun.
file-attempts-none = No attempt so far.
file-tokens-none = No token was ever minted for them.
file-sessions-none = They have never signed in.
file-events-none = The log does not name them yet.
file-version = version { $n }
file-course-since = begun { $day }
file-course-done = { $done } of { $total } modules
file-tokens-latest = the latest { $shown } of { $total }
file-token-at = Minted
file-token-client = Through
file-token-until = Works until
file-token-live = works now
file-session-at = since { $at }
file-session-seen = seen { $far }
file-session-open = Open
file-session-end = End
file-events-all = All their events
file-take = Take the whole file (JSON)
grant-revoke-do = Revoke the grant
certificate-revoke-do = Revoke the certificate
attempt-void-do = Void the attempt
attempt-void-hint = It no longer counts; a certificate that rests on it is revoked with it.
file-link = { $state ->
    [invited] A fresh invitation
   *[other] A new password
}
file-link-text = { $state ->
    [invited] The link sent before stops working; this one works once, for three days.
   *[other] Makes a one-time link with which they choose a new password. Their sessions end when they use it.
}
file-link-do = Make the link
file-lock = Lock
file-lock-text = Stops every access at once and leaves everything else as it is. Lifting the lock gives back what was there.
file-lock-do = Lock this person
file-disable = Disable
file-disable-text = For leavers: ends their sessions, tokens and grants for good. Certificates and the log stay.
file-disable-do = Disable this person
file-enable = Enable again
file-enable-text = They can sign in again. Grants that ended stay ended.
file-enable-do = Enable this person

warehouses-title = Warehouses
warehouses-lede = The data systems that trust our tokens, and what each has to be told once so that it does.
warehouses-issuer = Issuer, byte for byte
warehouses-jwks = Public keys
warehouses-audience = Audience
warehouses-host = Host
warehouses-signing = Signed with
warehouses-login = Logins
warehouses-roles = Roles
warehouses-no-roles = None yet
warehouses-holders = { $n ->
    [one] grant in effect
   *[other] grants in effect
}
warehouses-tokens = { $n ->
    [one] token in the last day
   *[other] tokens in the last day
}
warehouses-setup = How to connect { $kind }
warehouses-locked = This warehouse is locked: no token is minted for it
warehouses-empty = No warehouse yet
warehouses-empty-text = Warehouses are written in access.yaml beside the courses. As soon as a version with one is loaded, its set-up stands here.

keys-title = Keys
keys-lede = What signs the tokens. A key is published before it is used and stays published until the last token that it signed has gone.
keys-jwks = Public keys
keys-used-by = Signs for
keys-unused = No warehouse asks for it
keys-due = next rotation by itself on { $day }
key-state = { $state ->
    [next] Next
    [active] Signing
    [retiring] Retiring
    [gone] Gone
   *[other] { $state }
}
key-means = { $state ->
    [next] Published already, so that everybody knows it when its turn comes.
    [active] Signs every new token.
    [retiring] Signs nothing any more; still published for tokens that live.
    [gone] No longer published; its private half is destroyed.
   *[other] { "" }
}
key-since = { $state ->
    [next] published { $day }
    [active] signing since { $day }
    [retiring] retiring since { $day }
   *[gone] gone since { $day }
}
key-until = until { $at }
key-made = made { $day }
keys-rotate = Rotate { $algorithm }
keys-rotate-text = The next key begins to sign, the one that signs now retires, and a new next key is made. Nothing breaks for warehouses that read our public keys; tokens that live go on until they expire.
keys-rotate-confirm = Every warehouse reads the public keys from our address, none has a copy pasted in.
keys-rotate-do = Rotate now
keys-empty = No key yet
keys-empty-text = Keys are made when the service first starts with a catalogue that has a warehouse.

locks-title = Locks
locks-lede = The emergency stop. A lock outranks everything, at once; lifting it gives back what was there and revives nothing that ended.
locks-open = In force
locks-n = { $n ->
    [one] { $n } lock
   *[other] { $n } locks
}
locks-none = No lock stands
locks-none-text = When something looks wrong, lock first and look afterwards: nothing is lost by it.
locks-place = Place a lock
locks-what = On what?
lock-kind = { $kind ->
    [person] Person
    [role] Role
    [warehouse] Warehouse
   *[other] { $kind }
}
locks-subject = Which one?
locks-subject-hint = A person’s e-mail address, a role or a warehouse by its name in addresses.
locks-reason-hint = Whoever is stopped reads it.
locks-place-do = Lock now
locks-past = Lifted
lock-placed = placed by { $by }
lock-by = by { $placed }, lifted by { $lifted }
lock-grants = { $n ->
    [0] no grant concerned
    [one] { $n } grant stopped
   *[other] { $n } grants stopped
}
lock-lift = Lift…
lock-lift-do = Lift the lock
lock-lift-hint = Tokens can be had again at once, where everything else still holds.

authoring-title = Authoring
authoring-lede = The courses as they are served, and what the linter says about them.
authoring-reload = Reload the content
authoring-reload-from = It is read from { $folder }.
authoring-elsewhere = The version in force was loaded from { $folder }. A reload, or the next start of the service, puts what is in { $root } in force again.
authoring-embedded = the sample that is built in
authoring-from-unknown = not written down
authoring-first = the first { $n } are shown
authoring-failed = { $n ->
    [one] The last reload was refused: one thing is wrong
   *[other] The last reload was refused: { $n } things are wrong
}
authoring-failed-text = Tried by { $by } on { $at }. The version below stays in force until a whole one is loaded.
authoring-version = Version
authoring-in-force = In force
authoring-loaded = Loaded
authoring-by = By
authoring-from = From
authoring-hash = Hash of the whole content
authoring-counts = { $files } files, { $modules } modules, { $questions } questions
authoring-courses = { $n ->
    [one] { $n } course
   *[other] { $n } courses
}
authoring-course = Course
authoring-course-version = Version
authoring-since = since { $day }
authoring-languages = Languages
authoring-modules = Modules
authoring-questions = Questions
authoring-holders = Certified
authoring-lint = What the linter would change
authoring-lint-n = { $n ->
    [one] { $n } warning
   *[other] { $n } warnings
}
authoring-lint-clean = Nothing: every file is as it should be.

api-title = API reference
api-lede = Everything that a page can do, a program can do: JSON over HTTP, with the cookie of a session or a Bearer token, and refusals that say what is missing.
api-version = Version { $version }
api-nav = Groups of calls
api-example-label = A first call
api-example = curl -s { $base }/api/v1/me -H "Authorization: Bearer $HABILIS_SESSION"
api-parameters = Parameters
api-request = Body
api-responses = Answers
api-required = required
api-place = { $place ->
    [path] in the path
    [query] in the query
    [header] header
   *[other] { $place }
}
