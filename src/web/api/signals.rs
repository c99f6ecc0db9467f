//! Receivers of signals: made, looked at and removed by admins. What receivers themselves call is not here, but under `/ssf`.

use super::{
    kit::{Answer, Body, Group, delete, get, nothing, post, put, told},
    shapes::{
        ReceiverId,
        signals::{ReceiverBody, ReceiverMade, ReceiverWanted, StatusWanted},
    },
};
use crate::{
    actions::signals::{self, WantedReceiver},
    base::refusal::Fault,
    signals::{refusal::SignalRefusal, stream::Status},
    web::kit::{caller::Caller, desk::Desk, forms::BodyRefusal},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

pub(super) fn group() -> Group {
    let admins = &["capability-missing"];
    Group {
        name: "Signals",
        about: "Warehouses and tools that subscribe hear within seconds that a session or an access has ended (OpenID Shared \
                Signals Framework 1.0). A receiver calls `/ssf` with a credential of its own; what it may call there is \
                described by `/.well-known/ssf-configuration`.",
        endpoints: vec![
            get("/signals", list)
                .says("List the receivers of signals", "By name. Auditors may read.")
                .lists::<ReceiverBody>("The receivers, each with its stream and how delivery goes.")
                .refuses(403, admins),
            post("/signals", make)
                .says(
                    "Make a receiver of signals",
                    "It subscribes by itself, with the credential that is shown once. One with a warehouse hears of that \
                     warehouse's roles and tools alone.",
                )
                .takes::<ReceiverWanted>()
                .answers::<ReceiverMade>(201, "The receiver and its first credential.")
                .refuses(403, admins)
                .refuses(404, &["no-such-warehouse"])
                .refuses(409, &["receiver-audience-taken"])
                .refuses(422, &["bad-field", "receiver-audience"]),
            get("/signals/{id}", show)
                .says("Show a receiver of signals", "With what it refused lately. Auditors may read.")
                .answers::<ReceiverBody>(200, "The receiver.")
                .refuses(403, admins)
                .refuses(404, &["no-such-receiver"]),
            delete("/signals/{id}", remove)
                .says("Remove a receiver of signals", "Its credentials end, and what was on its way goes.")
                .done("It is removed.")
                .refuses(403, admins)
                .refuses(404, &["no-such-receiver"]),
            post("/signals/{id}/credentials", add_credential)
                .says(
                    "Make one more credential of a receiver",
                    "Two may live, so that one is rotated while the other works. It is shown once.",
                )
                .answers::<ReceiverMade>(201, "The receiver and its new credential.")
                .refuses(403, admins)
                .refuses(404, &["no-such-receiver"])
                .refuses(409, &["receiver-full"]),
            delete("/signals/{id}/credentials/{credential}", end_credential)
                .says("End a credential of a receiver", "Whoever presents it from now on is refused.")
                .done("It has ended.")
                .refuses(403, admins)
                .refuses(404, &["no-such-receiver-credential"]),
            post("/signals/{id}/verification", verify)
                .says("Send a verification to a receiver", "So that one sees whether it takes anything.")
                .done("It is on its way.")
                .refuses(403, admins)
                .refuses(404, &["no-such-receiver"])
                .refuses(409, &["receiver-without-stream"]),
            put("/signals/{id}/status", set_status)
                .says(
                    "Pause, resume or disable the stream of a receiver",
                    "A paused one holds what comes, for a week; a disabled one drops it. The receiver is told.",
                )
                .takes::<StatusWanted>()
                .done("It is so.")
                .refuses(403, admins)
                .refuses(404, &["no-such-receiver"])
                .refuses(409, &["receiver-without-stream"])
                .refuses(422, &["field-not-right"]),
        ],
    }
}

fn named(id: &str) -> Result<ReceiverId, Fault> {
    id.parse().map_err(|_| SignalRefusal::NoSuchReceiver.into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    told(signals::list_receivers(&desk.app, &caller.actor).await?.into_iter().map(ReceiverBody::from))
}

async fn make(desk: Data<Desk>, caller: Caller, Body(sent): Body<ReceiverWanted>) -> Answer {
    let wanted = WantedReceiver { name: sent.name, audience: sent.audience, warehouse: sent.warehouse };
    let (receiver, made) = signals::make_receiver(&desk.app, &caller.actor, wanted).await?;
    Ok(HttpResponse::Created().json(ReceiverMade::of(&receiver, &made, &desk.app.settings.issuer())))
}

async fn show(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let found = signals::read_receiver(&desk.app, &caller.actor, named(&id)?).await?;
    Ok(HttpResponse::Ok().json(ReceiverBody::from(found)))
}

async fn remove(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    signals::remove_receiver(&desk.app, &caller.actor, named(&id)?).await?;
    nothing()
}

async fn add_credential(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let (receiver, made) = signals::add_credential(&desk.app, &caller.actor, named(&id)?).await?;
    Ok(HttpResponse::Created().json(ReceiverMade::of(&receiver, &made, &desk.app.settings.issuer())))
}

async fn end_credential(desk: Data<Desk>, caller: Caller, path: Path<(String, String)>) -> Answer {
    let (receiver, credential) = path.into_inner();
    let gone = || Fault::from(SignalRefusal::NoSuchCredential);
    let (receiver, credential) = (receiver.parse().map_err(|_| gone())?, credential.parse().map_err(|_| gone())?);
    signals::end_credential(&desk.app, &caller.actor, receiver, credential).await?;
    nothing()
}

async fn verify(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    signals::send_verification(&desk.app, &caller.actor, named(&id)?).await?;
    nothing()
}

async fn set_status(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<StatusWanted>) -> Answer {
    let status = Status::from_word(&sent.status).ok_or(BodyRefusal::Field { field: "status" }).map_err(Fault::from)?;
    signals::set_stream_status(&desk.app, &caller.actor, named(&id)?, status).await?;
    nothing()
}
