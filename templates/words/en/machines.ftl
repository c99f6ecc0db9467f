### Service accounts: those who answer for them, what each may, and what is told of them.

machine-kind = Service account
machine-owner = Owner
machine-owner-hint = Whose access it uses: e-mail address or name. It stops when their certificate, their grant or their account does.
machine-named = { $login } in { $warehouse }
machine-until = Access until { $day }
machine-stopped = The owner has no such access now: no token is given out
machine-no-access = No access
machine-used = last token
machine-unused = no token yet
machine-login = Name in { $warehouse }
machine-hand-over = Hand over to
machine-hand-over-do = Hand over
machine-change = Secrets, owner, names and removal
machine-ends = Either ends every token that the account holds at this moment.
machine-register = Register a service account
machine-register-text = A program that gets tokens for itself, on what its owner may at that moment. There are no anonymous machines.
machine-name-hint = What it does, such as “Nightly load”.
machine-roles-hint = Tick at least one: it may use nothing else.
machines-mine = Service accounts
machines-mine-text = Programs that use your access. They stop when it does; you and your team are told before.
machines-theirs = Service accounts
machines-theirs-text = Programs that use this person’s access, and stop when it does
machine-waits = Waits for its owner
machine-asks = It asks to use your access, in your name and on your answer. It gets no token before you agree.
machine-accept = Agree
machine-accept-label = Agree to { $name }
machine-decline = Do not agree
machine-decline-label = Do not agree to { $name }
machine-withdraw = Withdraw
machine-withdraw-label = Withdraw from { $name }
machine-decide = Agree or not
notice-client-accepted = You agree to the service account: it uses your access from now on.
notice-client-declined = You do not agree to the service account: it gets no token, and what it held has ended.
notice-client-handed-over = The account is handed over, and what it held has ended.
notice-client-named = The name in the warehouse is saved, and what the account held has ended.

notices-service_asks = The service account “{ $name }” is to use your access
notices-service_asks-text = You are named as its owner. It gets no token before you agree.
notices-service_ends = The service account “{ $name }” is about to lose its access to { $role }
notices-service_ends-text = It uses the access of { $owner }, which ends
notices-service_stopped = The service account “{ $name }” has lost its access to { $role }
notices-service_stopped-text = It used the access of { $owner }, which ended

refusal-client-service = A service account can not be like that: { $what ->
    [public] it has to keep a secret
    [ways] it gets tokens by client_credentials, and by nothing that a person signs in for
    [redirects] no browser is sent back to it
    [roles] the roles that it may use have to be named
    [owner] it needs an owner
   *[other] something does not fit
}.
refusal-client-owner-inactive = A service account is owned by somebody with an active account.
refusal-client-changed = The account was changed meanwhile: look at what it is to use now, and agree to that or not.
refusal-client-owned-already = This person owns the account already.
refusal-client-no-service = This tool is no service account, and has no owner.
refusal-client-login = Write a name of 1 to 200 characters on one line.
refusal-client-login-taken = Somebody in this warehouse has that name already: whoever used it would be taken for them.
refusal-named-like-machine = A service account is named { $login } in the warehouse { $warehouse }, too: an admin has to name one of the two anew.
refusal-oauth-owner-lacks = The owner of the service account has no such access now: { $why }.

clients-exchanges = May exchange tokens of
clients-exchanges-ask = Tools whose tokens it may exchange
clients-exchanges-hint = One client_id a line, or none: it acts on with a token that such a tool was given, for the same role and warehouse, and never for longer.
refusal-client-exchange = Tokens can not be exchanged like that: { $what ->
    [public] who exchanges has to keep a secret
    [none] the tools whose tokens it may exchange have to be named
    [ways] it is not to be registered for token exchange
    [unknown] one of the tools is not there
   *[other] something does not fit
}.
