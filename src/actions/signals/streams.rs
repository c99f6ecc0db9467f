//! Streams: what a receiver does with its own (SSF, section 8.1).

use super::{
    super::{About, act, look},
    configuration, queue_verification,
    receivers::held,
};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::Id,
        refusal::{Broken, Fault},
    },
    db::{Reading, Writing},
    identity::{actor::Actor, person::IdentityRefusal},
    signals::{
        VERIFICATION_SECONDS,
        refusal::SignalRefusal,
        rows::{self, Receiver, Stream},
        stream::{Configuration, Delivery, Method, Status, StoppedBy, Wanted},
    },
};
use serde_json::{Map, Value, json};

/// The longest reason and the longest `state`, in characters.
const LONGEST: usize = 1_000;

/// Subscribes. A receiver has one stream (section 8.1.1.1: a second one is refused).
///
/// # Errors
/// The actor is no receiver, has a stream, or what it sent is not right; or the database is away.
pub async fn create_stream(app: &App, actor: &Actor, body: Map<String, Value>) -> Result<Configuration, Fault> {
    let (caller, house) = (actor.clone(), app.clone());
    let wanted = Wanted::read(&body, &app.outbound);
    act(app, actor, "create_stream", About::nothing(), move |w, by| {
        let receiver = mine(w, &caller)?;
        let wanted = wanted.clone()?;
        if rows::stream_of(w, receiver.id)?.is_some() {
            return Err(SignalRefusal::StreamThere.into());
        }
        let mut stream = Stream {
            id: Id::new(w.now()),
            receiver_id: receiver.id,
            // What says nothing of delivery is fetched (section 8.1.1.1).
            method: Method::Poll,
            endpoint: None,
            sealed_header: None,
            description: None,
            requested: None,
            status: Status::Enabled,
            status_reason: None,
            stopped_by: None,
            created_at: w.now(),
            changed_at: w.now(),
            verified_at: None,
            failing_since: None,
            failures: 0,
            retry_at: None,
            last_error: None,
            taken_at: None,
            taken: 0,
        };
        change(&house, &mut stream, &wanted)?;
        rows::insert_stream(w, &stream)?;
        changed(w, by, &receiver, "made", &stream)?;
        Ok(configuration(&house, &receiver, stream))
    })
    .await
}

/// Changes what was said, or with `whole` replaces everything: what was not said is taken back.
///
/// # Errors
/// The actor is no receiver, the stream is not its own, or what it sent is not right; or the database is away.
pub async fn change_stream(
    app: &App,
    actor: &Actor,
    id: String,
    body: Map<String, Value>,
    whole: bool,
) -> Result<Configuration, Fault> {
    let (caller, house) = (actor.clone(), app.clone());
    let wanted = Wanted::read(&body, &app.outbound);
    act(app, actor, "change_stream", About::nothing(), move |w, by| {
        let (receiver, stream) = own(w, &caller, &id)?;
        let mut wanted = wanted.clone()?;
        configuration(&house, &receiver, stream.clone()).agrees(&body)?;
        if whole {
            wanted.requested.get_or_insert(None);
            wanted.description.get_or_insert(None);
            wanted.delivery.get_or_insert(Delivery::Poll);
        }
        let mut stream = stream;
        change(&house, &mut stream, &wanted)?;
        rows::set_wishes(w, &stream)?;
        if wanted.delivery.is_some() {
            rows::set_delivery(w, &stream)?;
        }
        changed(w, by, &receiver, "changed", &stream)?;
        Ok(configuration(&house, &receiver, stream))
    })
    .await
}

fn change(app: &App, stream: &mut Stream, wanted: &Wanted) -> Result<(), Broken> {
    match &wanted.delivery {
        None => {}
        Some(Delivery::Poll) => {
            (stream.method, stream.endpoint, stream.sealed_header) = (Method::Poll, None, None);
        }
        Some(Delivery::Push { endpoint, header }) => {
            let seal = |header: &String| app.keyring.seal(&stream.id.to_string(), header.as_bytes());
            let sealed = header.as_ref().map(seal).transpose()?;
            (stream.method, stream.endpoint, stream.sealed_header) = (Method::Push, Some(endpoint.clone()), sealed);
        }
    }
    if let Some(requested) = &wanted.requested {
        stream.requested = requested.as_ref().map(|events| json!(events).to_string());
    }
    if let Some(description) = &wanted.description {
        stream.description.clone_from(description);
    }
    Ok(())
}

/// The stream of the actor, in a list (section 8.1.1.2).
///
/// # Errors
/// The actor is no receiver, or the database is away.
pub async fn read_streams(app: &App, actor: &Actor) -> Result<Vec<Configuration>, Fault> {
    let (caller, house) = (actor.clone(), app.clone());
    look(app, actor, "read_streams", About::nothing(), move |r| {
        let receiver = known(r, &caller)?;
        let stream = rows::stream_of(r, receiver.id)?;
        Ok(stream.into_iter().map(|stream| configuration(&house, &receiver, stream)).collect())
    })
    .await
}

/// The actor's stream of this id.
///
/// # Errors
/// The actor is no receiver, the stream is not its own, or the database is away.
pub async fn read_stream(app: &App, actor: &Actor, id: String) -> Result<Configuration, Fault> {
    let (caller, house) = (actor.clone(), app.clone());
    look(app, actor, "read_stream", About::nothing(), move |r| {
        let (receiver, stream) = found(r, &caller, &id)?;
        Ok(configuration(&house, &receiver, stream))
    })
    .await
}

/// Ends the subscription: what was on its way goes with it. One that an admin has stopped stays, so that another does not take
/// its place and flows (section 8.1.1.5 allows to refuse it).
///
/// # Errors
/// The actor is no receiver, the stream is not its own, an admin has stopped it, or the database is away.
pub async fn delete_stream(app: &App, actor: &Actor, id: String) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "delete_stream", About::nothing(), move |w, by| {
        let (receiver, stream) = own(w, &caller, &id)?;
        resumable(&stream)?;
        rows::delete_stream(w, stream.id)?;
        Ok(changed(w, by, &receiver, "deleted", &stream)?)
    })
    .await
}

/// Whether events flow, and why not (section 8.1.2.1).
///
/// # Errors
/// As [`read_stream`].
pub async fn read_status(app: &App, actor: &Actor, id: String) -> Result<Value, Fault> {
    Ok(status_of(&read_stream(app, actor, id).await?.stream))
}

fn status_of(stream: &Stream) -> Value {
    let mut told = json!({ "stream_id": stream.id, "status": stream.status });
    if let (Some(reason), Some(fields)) = (&stream.status_reason, told.as_object_mut()) {
        fields.insert("reason".to_owned(), json!(reason));
    }
    told
}

/// Lets events flow, holds them, or stops them (section 8.1.2.2). What a disabled stream held goes; what an admin has stopped
/// is an admin's to change.
///
/// # Errors
/// The actor is no receiver, the stream is not its own, an admin has stopped it, or what it sent is not right; or the database
/// is away.
pub async fn set_status(app: &App, actor: &Actor, body: Map<String, Value>) -> Result<Value, Fault> {
    let caller = actor.clone();
    act(app, actor, "set_status", About::nothing(), move |w, by| {
        let (receiver, mut stream) = own(w, &caller, stream_id(&body)?)?;
        let status = body.get("status").and_then(Value::as_str).and_then(Status::from_word);
        let status = status.ok_or_else(|| SignalRefusal::of("status is enabled, paused or disabled"))?;
        let reason = text(&body, "reason")?;
        resumable(&stream)?;
        if status == Status::Disabled {
            rows::give_up(w, stream.id)?;
        }
        (stream.status, stream.status_reason) = (status, reason);
        stream.stopped_by = (status != Status::Enabled).then_some(StoppedBy::Receiver);
        rows::set_status(w, &stream)?;
        changed(w, by, &receiver, status.word(), &stream)?;
        Ok(status_of(&stream))
    })
    .await
}

/// Whether its receiver may resume a stream, and so change or end what it is.
fn resumable(stream: &Stream) -> Result<(), SignalRefusal> {
    if stream.stopped_by == Some(StoppedBy::Admin) { Err(SignalRefusal::Stopped) } else { Ok(()) }
}

/// Asks for a verification (section 8.1.4.2), not more often than it may.
///
/// # Errors
/// The actor is no receiver, the stream is not its own, it asked too soon, or what it sent is not right; or the database is away.
pub async fn verify_stream(app: &App, actor: &Actor, body: Map<String, Value>) -> Result<(), Fault> {
    let (caller, issuer) = (actor.clone(), app.settings.issuer());
    act(app, actor, "verify_stream", About::nothing(), move |w, _| {
        let (receiver, stream) = own(w, &caller, stream_id(&body)?)?;
        let state = text(&body, "state")?;
        let now = w.now();
        let ago = |at| (0..VERIFICATION_SECONDS * 1_000_000).contains(&now.micros_since(at));
        if stream.verified_at.is_some_and(ago) {
            return Err(SignalRefusal::TooSoon { seconds: VERIFICATION_SECONDS }.into());
        }
        rows::note_verification(w, stream.id)?;
        Ok(queue_verification(w, &issuer, &receiver, stream.id, state.as_deref())?)
    })
    .await
}

fn changed(w: &mut Writing<'_>, by: &By, receiver: &Receiver, what: &str, stream: &Stream) -> Result<(), Broken> {
    let entry = Entry::new(What::SignalStreamChanged).subject(receiver.id);
    audit::rows::append(w, by, entry.data(json!({ "what": what, "stream": stream.id, "method": stream.method })))
}

/// The stream that a body names.
///
/// # Errors
/// It names none.
pub fn stream_id(body: &Map<String, Value>) -> Result<&str, SignalRefusal> {
    body.get("stream_id").and_then(Value::as_str).ok_or_else(|| SignalRefusal::of("stream_id is missing, or no text"))
}

fn text(body: &Map<String, Value>, name: &str) -> Result<Option<String>, SignalRefusal> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= LONGEST => Ok(Some(text.clone())),
        Some(_) => Err(SignalRefusal::of(format!("{name} is a text of at most 1000 characters"))),
    }
}

/// The receiver that calls. One that was removed meanwhile is nobody.
fn mine(w: &mut Writing<'_>, caller: &Actor) -> Result<Receiver, Fault> {
    held(w, caller.as_receiver()?).map_err(|fault| match fault {
        Fault::Refused(_) => IdentityRefusal::SignInFirst.into(),
        broken @ Fault::Broken(_) => broken,
    })
}

fn known(r: &mut Reading<'_>, caller: &Actor) -> Result<Receiver, Fault> {
    Ok(rows::receiver(r, caller.as_receiver()?)?.ok_or(IdentityRefusal::SignInFirst)?)
}

/// The receiver that calls, and its stream, if it is the one that it names: another's is not there.
pub(super) fn found(r: &mut Reading<'_>, caller: &Actor, id: &str) -> Result<(Receiver, Stream), Fault> {
    let receiver = known(r, caller)?;
    let stream = rows::stream_of(r, receiver.id)?.filter(|stream| stream.id.to_string() == id);
    Ok((receiver, stream.ok_or(SignalRefusal::NoSuchStream)?))
}

/// The same, held until the end of the transaction.
fn own(w: &mut Writing<'_>, caller: &Actor, id: &str) -> Result<(Receiver, Stream), Fault> {
    mine(w, caller)?;
    found(w, caller, id)
}
