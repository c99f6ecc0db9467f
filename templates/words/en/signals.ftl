# Receivers of signals: their pages, and why they are refused.
nav-signals = Signals
signals-title = Signals
signals-lede = Warehouses and tools that subscribe hear within seconds that a session or an access has ended (OpenID Shared Signals).
signals-configuration = Configuration document
signals-there = Receivers
signals-empty = Nobody listens yet
signals-empty-text = Make a receiver below, and give it its credential and the address of the configuration document.
signals-state = { $state ->
    [enabled] Listens
    [failing] Takes nothing
    [paused] Paused
    [disabled] Disabled
   *[none] Not subscribed yet
}
signals-waiting = { $n ->
    [one] { $n } event waits
   *[other] { $n } events wait
}
signals-waiting-none = Nothing waits
signals-how = How it works
signals-how-text = A receiver subscribes by itself: it reads the configuration document and creates its stream with its credential.
signals-how-push = Push: events are sent to its address (https, reachable from here) and tried again until it has taken them.
signals-how-poll = Poll: it fetches events here and acknowledges them. It needs no address of its own.
signals-how-kept = What nobody takes is kept for seven days. Then the stream is disabled, and what waited is gone.
signals-events = What it is told
signals-event-session = session-revoked: a session has ended, a tool was disconnected, or everything of a person was stopped.
signals-event-roles = token-claims-change: which roles a person may use now.
signals-event-account = account-disabled, account-enabled, account-purged: an account was shut, opened or erased.
signals-make = Make a receiver
signals-name = Receiver
signals-name-hint = What it is, such as Lake.
signals-audience = Audience
signals-audience-hint = Whom its tokens are for (aud): an address or a name that is its own alone.
signals-warehouse = Warehouse
signals-warehouse-hint = With one, it hears of the roles and tools of this warehouse alone.
signals-every-warehouse = All warehouses
signals-make-do = Make
signals-receiver-title = { $name }: signals
signals-token = Credential
signals-token-of = The credential for { $name }
signals-token-once = It is shown only now. Habilis keeps nothing but a hash of it.
signals-stream = Subscription
signals-since = Made on
signals-method = Delivery
signals-method-is = { $method ->
    [push] Events are pushed to it
   *[poll] It fetches events itself
}
signals-gets = Gets
signals-gets-none = None of the events that there are
signals-reason = Why it does not flow
signals-stopped = An admin has stopped it. The receiver can’t resume it.
signals-last = Last delivery
signals-taken = { $n ->
    [one] { $n } event taken
   *[other] { $n } events taken
}
signals-taken-none = It has taken nothing yet
signals-backlog = Waiting
signals-oldest = the oldest { $at }
signals-error = Last error
signals-failing = failing since { $at }
signals-retry = next try { $at }
signals-no-stream = The receiver has not subscribed yet. Give it its credential and the address of the configuration document:
signals-verify = Send a verification
signals-pause = Pause
signals-resume = Resume
signals-refused = Refused
signals-refused-text = What the receiver said that it will never take. It is not sent again.
signals-credentials = Credentials
signals-credentials-none = No credential lives: the receiver can neither subscribe nor fetch.
signals-credential-since = made on { $day }
signals-credential-used = last used { $at }
signals-credential-unused = never used
signals-credential-end-open = End the credential of { $day }
signals-credential-end-confirm = The receiver is refused with it from this moment on.
signals-credential-end = End it
signals-credential-add = New credential
signals-credentials-full = Two credentials live: one in use, one to change to. End one to make another.
signals-remove-head = Remove this receiver
signals-remove-confirm = Its credentials end, what waits for it is gone, and it is told nothing more.
signals-remove = Remove
notice-signals-removed = The receiver is removed.
notice-signals-verification = The verification is on its way.
notice-signals-status = The stream was changed, and the receiver is told.
notice-signals-credential-ended = The credential has ended.
refusal-ssf-request = The receiver’s request is not right: { $why }.
refusal-no-such-stream = There is no such stream.
refusal-ssf-stream-there = This receiver has a stream already: one is enough.
refusal-ssf-stopped = An admin has stopped this stream: only an admin resumes it.
refusal-ssf-too-soon = A verification was asked for less than { $seconds } seconds ago.
refusal-no-such-receiver = There is no such receiver.
refusal-receiver-audience = An audience is an address or a name of 1 to 200 visible characters, without spaces.
refusal-receiver-audience-taken = Another receiver has this audience already.
refusal-receiver-full = Two credentials of this receiver live already: end one first.
refusal-no-such-receiver-credential = There is no such credential of this receiver.
refusal-receiver-without-stream = The receiver has not subscribed yet.
