# The log that proves itself: its refusals.
events-live = Live
events-live-new = New lines: %
log-proof-title = The log proves itself
log-proof-signed = The first <b>{ $size }</b> events are signed, since { $at }.
log-proof-waiting = { $count ->
    [one] One more gets its place within a second.
   *[other] { $count } more get their places within a second.
}
log-proof-more = How it is checked, and who keeps what was signed
log-places = Kept outside
log-proof-root = Root
log-proof-key = Key
log-place-kept = kept
log-place-failing = failing
log-place-new = not yet
log-place-size = { $size } events, { $at }
log-places-none = Nobody outside keeps what was signed. Whoever administers the database could take the log back to an earlier signed state while no service runs, and let it go on differently; with the secret key, rewrite all of it. Only what is kept outside shows that: an operator can name places in the settings (log_copy).
log-proof-export = Take it away with proofs
log-proof-checkpoint = Signed checkpoint
log-proof-key-file = Public key
log-proof-how = Anybody checks the file without this service: <code>habilis audit verify FILE --key KEY</code>. Ask for the key where you trust the answer, not in the file. With <code>--selection</code> also a selection: its events are in the log, and nothing says that none is missing.

refusal-no-such-event = There is no such event.
refusal-event-not-placed-yet = This event has no place in the log yet; it gets one within a second. Ask again then.
refusal-no-such-log-size = There is no checkpoint of that size: ask for one from { $least } to { $most }.
refusal-no-such-tile = The tree of the log has no such tile yet.
