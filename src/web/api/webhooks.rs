//! Webhooks: who gets the log's events as they come; made and seen to by admins.

use super::{
    kit::{Answer, Body, Group, created, delete, get, nothing, post, put, shown, told},
    shapes::{
        SinkId,
        webhooks::{PausedWanted, PositionWanted, SecretBody, SinkBody, WebhookMade, WebhookWanted},
    },
};
use crate::{
    actions::sinks::{self, WantedWebhook},
    audit::sinks::SinkRefusal,
    base::refusal::Fault,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

pub(super) fn group() -> Group {
    let admins = &["capability-missing"];
    let gone = &["no-such-webhook"];
    Group {
        name: "Webhooks",
        about: "A webhook gets the log's events in their order, as CloudEvents 1.0 under a schema that only grows \
                (`/schemas/event-1.json`), each call signed (Standard Webhooks). What it does not take is sent again until it does; \
                `webhook-id` is the event's id, so that it can tell what it has already. A list of several has a name of its own, and \
                may hold more when it is sent again: there, each event's `id` tells. It can be sent back to any position. \
                One of the kind `notice.told` alone gets each notice that people get in the app and by mail, once: `person` is whom \
                it is for, `details` has its `kind`, what it is `about` as `GET /notices` shows it (nobody is named but by id), and the \
                `path` of the page where it goes on.",
        endpoints: vec![
            get("/webhooks", list)
                .says(
                    "List who gets the log's events",
                    "By name, with how far each is: webhooks, and the publishers of the settings. Auditors may read; of a webhook's address, \
                     they see scheme, host and port.",
                )
                .lists::<SinkBody>("The sinks.")
                .refuses(403, admins),
            post("/webhooks", make)
                .says("Make a webhook", "It gets what comes from now on, or everything from a position. Its secret is shown once.")
                .takes::<WebhookWanted>()
                .creates::<WebhookMade>("The webhook and its secret.")
                .refuses(403, admins)
                .refuses(422, &["bad-field", "webhook-address", "no-such-event-kind", "webhook-batch", "webhook-position"]),
            get("/webhooks/{id}", show)
                .says("Show a webhook", "And how its delivery goes. Auditors may read; of its address, they see scheme, host and port.")
                .answers::<SinkBody>(200, "The webhook.")
                .refuses(403, admins)
                .refuses(404, gone),
            delete("/webhooks/{id}", remove)
                .says(
                    "Remove a webhook",
                    "It gets nothing any more. A publisher that the settings name no more (`unnamed`) is removed so, too.",
                )
                .done("It is removed.")
                .refuses(403, admins)
                .refuses(404, gone),
            put("/webhooks/{id}/paused", pause)
                .says("Hold what comes for a webhook, or let it flow again", "Nothing is lost meanwhile. One that has answered 410 flows again, too.")
                .takes::<PausedWanted>()
                .answers::<SinkBody>(200, "The webhook.")
                .refuses(403, admins)
                .refuses(404, gone),
            post("/webhooks/{id}/replay", replay)
                .says("Send a webhook back to a position", "It gets the events from there on, again where it had them. Or ahead: what lies between is passed by.")
                .takes::<PositionWanted>()
                .answers::<SinkBody>(200, "The webhook.")
                .refuses(403, admins)
                .refuses(404, gone)
                .refuses(422, &["webhook-position"]),
            post("/webhooks/{id}/secrets", renew)
                .says("Make a new secret for a webhook", "It is shown once. The one before signs beside it for a day.")
                .answers::<SecretBody>(201, "The secret.")
                .refuses(403, admins)
                .refuses(404, gone),
        ],
    }
}

fn named(id: &str) -> Result<SinkId, Fault> {
    id.parse().map_err(|_| SinkRefusal::NoSuchWebhook.into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let (sinks, size) = sinks::list_sinks(&desk.app, &caller.actor).await?;
    told(sinks.into_iter().map(|sink| SinkBody::of(sink, size)))
}

async fn make(desk: Data<Desk>, caller: Caller, Body(wanted): Body<WebhookWanted>) -> Answer {
    let WebhookWanted { name, url, kinds, batch, position } = wanted;
    let wanted = WantedWebhook { name, address: url, kinds, batch, from: position };
    let made = sinks::make_webhook(&desk.app, &caller.actor, wanted).await?;
    let place = format!("/api/v1/webhooks/{}", made.sink.id);
    created(&place, &WebhookMade { webhook: SinkBody::of(made.sink, made.size), secret: made.secret.reveal() })
}

async fn show(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    one(&desk, &caller, named(&id)?).await
}

async fn one(desk: &Desk, caller: &Caller, id: SinkId) -> Answer {
    let sink = sinks::read_webhook(&desk.app, &caller.actor, id).await?;
    let (_, size) = sinks::list_sinks(&desk.app, &caller.actor).await?;
    shown(&SinkBody::of(sink, size))
}

async fn remove(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    sinks::remove_webhook(&desk.app, &caller.actor, &id).await?;
    nothing()
}

async fn pause(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(wanted): Body<PausedWanted>) -> Answer {
    let id = named(&id)?;
    sinks::pause_webhook(&desk.app, &caller.actor, id, wanted.paused).await?;
    one(&desk, &caller, id).await
}

async fn replay(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(wanted): Body<PositionWanted>) -> Answer {
    let id = named(&id)?;
    sinks::replay_webhook(&desk.app, &caller.actor, id, wanted.position).await?;
    one(&desk, &caller, id).await
}

async fn renew(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let secret = sinks::renew_webhook_secret(&desk.app, &caller.actor, named(&id)?).await?;
    Ok(HttpResponse::Created().json(SecretBody { secret: secret.reveal() }))
}
