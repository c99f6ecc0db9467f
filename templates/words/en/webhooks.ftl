# Who gets the log’s events: the page, and why somebody is refused.
nav-webhooks = Webhooks
webhooks-title = Webhooks
webhooks-lede = Other services get the log’s events as they come, in their order and signed. What one does not take is sent again until it does.
webhooks-schema = Schema of events
webhooks-there = Who gets events
webhooks-empty = Nobody gets events yet
webhooks-empty-text = A webhook is called with each event: a ticketing system, a chat, a data pipeline.
webhooks-state = { $state ->
    [enabled] flowing
    [failing] failing
    [paused] held
    [gone] gone
    [unnamed] no longer named
   *[other] { $state }
}
webhooks-kind = { $kind ->
    [webhook] Webhook
    [nats] NATS stream
    [syslog] Syslog
   *[other] { $kind }
}
webhooks-every-kind = Every kind of event
webhooks-position = Next position { $position }
webhooks-behind = { $n ->
    [one] 1 event behind
   *[other] { $n } events behind
}
webhooks-level = level with the log
webhooks-taken = { $n ->
    [one] 1 event taken
   *[other] { $n } events taken
}, the last { $at }
webhooks-failing = takes nothing since { $at }: { $n ->
    [one] 1 attempt failed
   *[other] { $n } attempts failed
}
webhooks-retry = tried again { $at }
webhooks-settings = From the settings: only an operator changes it.
webhooks-unnamed = The settings name it no more: it gets nothing, and can be removed.
webhooks-pause = Hold
webhooks-resume = Let flow
webhooks-replay = Send back to a position
webhooks-replay-hint = It gets the events from there on, also those that it had. The log has { $size } events.
webhooks-replay-do = Send back
webhooks-secret-new = New secret
webhooks-secret-new-text = The old one signs beside it for a day.
webhooks-remove = Remove
webhooks-remove-confirm = It gets nothing any more.
webhooks-more = Change
webhooks-secret = Its secret
webhooks-secret-once = Shown only now. Whoever has it can check that calls come from here (Standard Webhooks).
webhooks-make = Make a webhook
webhooks-name = Name
webhooks-name-hint = What it is, for people.
webhooks-url = Address
webhooks-url-hint = https, and public unless an operator allows its network.
webhooks-batch = Events in one call
webhooks-batch-hint = 1 unless said otherwise; at most 500.
webhooks-from = From position
webhooks-from-hint = Without it, what comes from now on. 0 is the beginning of the log.
webhooks-kinds = Only some kinds of events
webhooks-notices = What people are told in the app and by mail goes this way, too: one event of the kind notice.told for each notice, so that a bridge to a chat needs no other kind.
webhooks-make-do = Make it
notice-webhooks-changed = It is changed.
notice-webhooks-removed = The webhook is removed.
refusal-no-such-webhook = There is no such webhook.
refusal-webhook-address = This address can’t be called: { $why }.
refusal-no-such-event-kind = There is no kind of event that is called { $kind }.
refusal-webhook-batch = A call holds from 1 to { $most } events.
refusal-webhook-position = The log has { $size } events: give a position from 0 to { $size }.
