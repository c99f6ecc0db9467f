//! `/signals`: the receivers of signals; and `/signals/{id}`: one of them, with what an admin can do about it.

use super::shown::{Shown, correctable, wrong};
use crate::{
    actions::{
        credentials::MOST,
        signals::{self, Overview, WantedReceiver},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    signals::{
        refusal::SignalRefusal,
        rows,
        stream::{Status, StoppedBy},
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            Choice, FieldError,
            signals::{Credential, Line, ReceiverForm, ReceiverPage, Refused, Signals, State, Stream},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/signals", get().to(list))
        .route("/signals", post().to(make))
        .route("/signals/{id}", get().to(show))
        .route("/signals/{id}/remove", post().to(remove))
        .route("/signals/{id}/verification", post().to(verify))
        .route("/signals/{id}/status", post().to(set_status))
        .route("/signals/{id}/credentials", post().to(add_credential))
        .route("/signals/{id}/credentials/{credential}/end", post().to(end_credential));
}

fn named(id: &str) -> Result<Id<ids::Receiver>, Fault> {
    id.parse().map_err(|_| SignalRefusal::NoSuchReceiver.into())
}

fn configuration(desk: &Desk) -> String {
    format!("{}/.well-known/ssf-configuration", desk.app.settings.issuer())
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = receivers(&desk, &caller, &Form::default(), Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn make(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let wanted = WantedReceiver {
        name: form.text("name").to_owned(),
        audience: form.text("audience").to_owned(),
        warehouse: Some(form.text("warehouse").to_owned()),
    };
    match signals::make_receiver(&desk.app, &caller.actor, wanted).await {
        // The credential is shown in the answer itself, and nowhere again.
        Ok((receiver, made)) => fresh(&desk, &caller, receiver.id, made.secret.reveal()).await,
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let field = match refused.code {
                "receiver-audience" | "receiver-audience-taken" => "audience",
                "bad-field" => "name",
                _ => "warehouse",
            };
            let view = receivers(&desk, &caller, &form, wrong(field, said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn fresh(desk: &Desk, caller: &Caller, id: Id<ids::Receiver>, token: &str) -> Result<HttpResponse, Failure> {
    let view = receiver(desk, caller, id, Some(token.to_owned()), Vec::new()).await?;
    desk.page_with(caller, StatusCode::OK, view, None).await
}

async fn show(caller: Caller, desk: Data<Desk>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let view = receiver(&desk, &caller, named(&id)?, None, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn remove(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id = named(&id)?;
    let removed = async {
        confirmed(&form)?;
        signals::remove_receiver(&desk.app, &caller.actor, id).await
    };
    match removed.await {
        Ok(()) => Ok(see_other_with("/signals", "notice-signals-removed")),
        Err(fault) => again(&desk, &caller, id, fault).await,
    }
}

fn confirmed(form: &Form) -> Result<(), Fault> {
    if form.text("confirm") == "yes" { Ok(()) } else { Err(BodyRefusal::Field { field: "confirm" }.into()) }
}

async fn verify(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let id = named(&id)?;
    match signals::send_verification(&desk.app, &caller.actor, id).await {
        Ok(()) => Ok(see_other_with(&format!("/signals/{id}"), "notice-signals-verification")),
        Err(fault) => again(&desk, &caller, id, fault).await,
    }
}

async fn set_status(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id = named(&id)?;
    let set = async {
        let status = Status::from_word(form.text("status")).ok_or(BodyRefusal::Field { field: "status" })?;
        signals::set_stream_status(&desk.app, &caller.actor, id, status).await
    };
    match set.await {
        Ok(()) => Ok(see_other_with(&format!("/signals/{id}"), "notice-signals-status")),
        Err(fault) => again(&desk, &caller, id, fault).await,
    }
}

async fn add_credential(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let id = named(&id)?;
    match signals::add_credential(&desk.app, &caller.actor, id).await {
        Ok((_, made)) => fresh(&desk, &caller, id, made.secret.reveal()).await,
        Err(fault) => again(&desk, &caller, id, fault).await,
    }
}

async fn end_credential(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let id = named(&path.0)?;
    let ended = async {
        confirmed(&form)?;
        let credential = path.1.parse().map_err(|_| SignalRefusal::NoSuchCredential)?;
        signals::end_credential(&desk.app, &caller.actor, id, credential).await
    };
    match ended.await {
        Ok(()) => Ok(see_other_with(&format!("/signals/{id}"), "notice-signals-credential-ended")),
        Err(fault) => again(&desk, &caller, id, fault).await,
    }
}

async fn again(desk: &Desk, caller: &Caller, id: Id<ids::Receiver>, fault: Fault) -> Result<HttpResponse, Failure> {
    let (refused, said, status) = correctable(desk, caller, fault)?;
    let Ok(view) = receiver(desk, caller, id, None, wrong("", said)).await else {
        return Err(Fault::Refused(refused).into());
    };
    desk.page_with(caller, status, view, None).await
}

async fn receivers(desk: &Desk, caller: &Caller, typed: &Form, errors: Vec<FieldError>) -> Result<Signals, Failure> {
    let found = signals::list_receivers(&desk.app, &caller.actor).await?;
    let shown = Shown::of(desk, caller)?;
    let every = Choice { value: String::new(), label: shown.teller.plain("signals-every-warehouse") };
    let warehouses = shown.content.catalogue.warehouses.keys();
    let warehouses = warehouses.map(|id| Choice { value: id.to_string(), label: shown.warehouse_title(id) });
    Ok(Signals {
        configuration: configuration(desk),
        form: may_change(caller).then(|| ReceiverForm {
            name: typed.text("name").to_owned(),
            audience: typed.text("audience").to_owned(),
            warehouse: typed.text("warehouse").to_owned(),
            warehouses: std::iter::once(every).chain(warehouses).collect(),
        }),
        receivers: found
            .into_iter()
            .map(|one| Line {
                state: state(one.stream.as_ref().map(|(stream, _)| stream)),
                id: one.receiver.id.to_string(),
                name: one.receiver.name,
                audience: one.receiver.audience,
                waiting: one.stream.map_or(0, |(_, backlog)| backlog.waiting),
            })
            .collect(),
        errors,
    })
}

fn may_change(caller: &Caller) -> bool {
    caller.signed().is_some_and(|signed| signed.person.capabilities.admin)
}

fn state(stream: Option<&rows::Stream>) -> State {
    State::of(match stream {
        None => "none",
        Some(stream) if stream.status == Status::Enabled && stream.failing_since.is_some() => "failing",
        Some(stream) => stream.status.word(),
    })
}

async fn receiver(
    desk: &Desk,
    caller: &Caller,
    id: Id<ids::Receiver>,
    fresh: Option<String>,
    errors: Vec<FieldError>,
) -> Result<ReceiverPage, Failure> {
    let found = signals::read_receiver(&desk.app, &caller.actor, id).await?;
    let shown = Shown::of(desk, caller)?;
    let Overview { receiver: one, credentials, stream, refused } = found;
    Ok(ReceiverPage {
        id: one.id.to_string(),
        warehouse: one.warehouse_id.as_ref().map(|id| shown.warehouse_title(id)).unwrap_or_default(),
        name: one.name,
        audience: one.audience,
        since: one.created_at.micros(),
        state: state(stream.as_ref().map(|(stream, _)| stream)),
        configuration: configuration(desk),
        may_add: credentials.len() < MOST,
        credentials: credentials
            .into_iter()
            .map(|one| Credential {
                id: one.id.to_string(),
                since: one.created_at.micros(),
                used: one.used_at.map(Time::micros),
            })
            .collect(),
        stream: stream.map(|(stream, backlog)| Stream {
            method: stream.method.word(),
            events: stream.events().into_iter().map(crate::signals::event::Event::name).collect(),
            endpoint: stream.endpoint,
            description: stream.description,
            reason: stream.status_reason,
            waiting: backlog.waiting,
            oldest: backlog.oldest.map(Time::micros),
            taken: stream.taken,
            taken_at: stream.taken_at.map(Time::micros),
            failing: stream.failing_since.map(Time::micros),
            retry: stream.retry_at.map(Time::micros),
            error: stream.last_error,
            stopped: stream.status != Status::Enabled,
            by_admin: stream.stopped_by == Some(StoppedBy::Admin),
        }),
        refused: refused
            .into_iter()
            .map(|one| Refused { event: one.event.name(), at: one.refused_at.micros(), why: one.refused_why })
            .collect(),
        fresh,
        may_change: may_change(caller),
        errors,
    })
}
