//! Shared Signals: receivers and their streams, what they are told, and how it gets there (`crate::signals` says why it is so).

mod deliver;
mod poll;
mod receivers;
mod streams;
mod tell;
mod tidy;

pub use deliver::{deliver, due};
pub use poll::{Asked, Fetched, MOST_FETCHED, poll};
pub use receivers::{
    Overview, WantedReceiver, add_credential, authenticate, end_credential, list_receivers, make_receiver,
    read_receiver, remove_receiver, send_verification, set_stream_status,
};
pub use streams::{
    change_stream, create_stream, delete_stream, read_status, read_stream, read_streams, set_status, stream_id,
    verify_stream,
};
pub use tell::tell;
pub use tidy::{failing, tidy, untold};

use crate::{
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    db::Writing,
    signals::{
        TYP,
        event::{self, Event, Said},
        rows::{self, Receiver, Stream, Waiting},
        stream::Configuration,
    },
    tokens::keyring::BADGES,
};
use serde_json::{Map, Value, json};

/// The lease of whoever makes events; each stream has a further one, of whoever pushes to it ([`rows::lane`]).
pub const LEASE: &str = "signals";
/// For how long they are, in seconds: longer than the longest call to a receiver.
pub const LEASE_SECONDS: i64 = 20;

/// Where receivers find what this service does of the framework.
const BASE: &str = "/ssf";

/// An address of this service's for receivers.
#[must_use]
pub fn place(app: &App, path: &str) -> String {
    format!("{}{BASE}{path}", app.settings.issuer())
}

/// The stream as its receiver reads it.
fn configuration(app: &App, receiver: &Receiver, stream: Stream) -> Configuration {
    Configuration {
        poll: place(app, &format!("/streams/{}/events", stream.id)),
        stream,
        issuer: app.settings.issuer(),
        audience: receiver.audience.clone(),
    }
}

/// What is said to one stream.
struct Message<'a> {
    issuer: &'a str,
    audience: &'a str,
    stream: Id<ids::Stream>,
    event: Event,
    subject: &'a Value,
    body: &'a Map<String, Value>,
    person: Option<Id<ids::Person>>,
    /// The line of the log that it comes from.
    txn: Option<&'a str>,
}

/// Puts a security event token on its way in the running transaction.
fn queue(w: &mut Writing<'_>, message: &Message<'_>) -> Result<(), Broken> {
    let (id, now) = (Id::new(w.now()), w.now());
    let own = id.to_string();
    let said = Said {
        issuer: message.issuer,
        audience: message.audience,
        id,
        txn: message.txn.unwrap_or(&own),
        now,
        event: message.event,
        subject: message.subject,
        body: message.body,
    };
    let waiting = Waiting {
        id,
        stream_id: message.stream,
        event: message.event,
        person_id: message.person,
        claims: said.claims().to_string(),
        created_at: now,
    };
    rows::insert_set(w, &waiting)
}

/// Tells a receiver what has become of its stream (SSF, section 8.1.5).
fn queue_update(w: &mut Writing<'_>, issuer: &str, receiver: &Receiver, stream: &Stream) -> Result<(), Broken> {
    let mut body = Map::from_iter([("status".to_owned(), json!(stream.status))]);
    body.extend(stream.status_reason.as_ref().map(|reason| ("reason".to_owned(), json!(reason))));
    about_stream(w, issuer, receiver, stream.id, Event::StreamUpdated, &body)
}

/// Lets a receiver see that its stream works (SSF, section 8.1.4).
fn queue_verification(
    w: &mut Writing<'_>,
    issuer: &str,
    receiver: &Receiver,
    stream: Id<ids::Stream>,
    state: Option<&str>,
) -> Result<(), Broken> {
    let body = state.map(|state| ("state".to_owned(), json!(state))).into_iter().collect();
    about_stream(w, issuer, receiver, stream, Event::Verification, &body)
}

fn about_stream(
    w: &mut Writing<'_>,
    issuer: &str,
    receiver: &Receiver,
    stream: Id<ids::Stream>,
    event: Event,
    body: &Map<String, Value>,
) -> Result<(), Broken> {
    let subject = event::stream(stream);
    let audience = &receiver.audience;
    queue(w, &Message { issuer, audience, stream, event, subject: &subject, body, person: None, txn: None })
}

/// Signs what waits, with a key of badges: no warehouse takes a token that such a key has signed. Takes a millisecond each.
fn signed(app: &App, kid: &str, claims: &str) -> Result<String, Broken> {
    let claims: Value = serde_json::from_str(claims).map_err(Broken::defect)?;
    app.keyring.sign(kid, TYP, &claims)
}

/// The name of the key that signs now.
fn signing_kid(r: &mut crate::db::Reading<'_>) -> Result<String, Fault> {
    Ok(crate::tokens::rows::active_kid(r, crate::tokens::rows::Purpose::Badge, BADGES)?)
}
