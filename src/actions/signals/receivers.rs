//! Receivers: made, looked at and removed by admins, with what each proves itself with.

use super::{
    super::{
        About, act,
        credentials::{self, FreshCredential},
        invite_person::clean_name,
        look,
    },
    queue_update, queue_verification,
};
use crate::{
    access::request::AccessRefusal,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id, ReceiverCredential},
        refusal::{Broken, Fault},
    },
    db::{Reading, Writing},
    identity::{self, actor::Actor, rows::Credential, secret::Secret},
    signals::{
        refusal::SignalRefusal,
        rows::{self, Backlog, Receiver, Refused, Stream},
        stream::{Status, StoppedBy},
    },
};
use serde_json::json;

/// How much of what a receiver refused is shown.
const MOST_REFUSED: i64 = 20;

/// A receiver as an admin describes it.
#[derive(Clone, Debug)]
pub struct WantedReceiver {
    pub name: String,
    pub audience: String,
    pub warehouse: Option<String>,
}

/// A receiver with everything that there is to know of it.
pub struct Overview {
    pub receiver: Receiver,
    pub credentials: Vec<Credential<ReceiverCredential>>,
    pub stream: Option<(Stream, Backlog)>,
    /// What it refused, the newest first; in a list of receivers, nothing.
    pub refused: Vec<Refused>,
}

/// Makes a receiver with its first credential.
///
/// # Errors
/// The actor is no admin, the name or the audience is none or the audience another's, there is no such warehouse, or the
/// database is away.
pub async fn make_receiver(
    app: &App,
    actor: &Actor,
    wanted: WantedReceiver,
) -> Result<(Receiver, FreshCredential<ReceiverCredential>), Fault> {
    let content = app.content()?;
    let (caller, secret) = (actor.clone(), Secret::new("hsr")?);
    act(app, actor, "make_signal_receiver", About::nothing(), move |w, by| {
        caller.as_admin()?;
        let audience = wanted.audience.trim();
        if audience.is_empty() || audience.len() > 200 || !audience.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(SignalRefusal::Audience.into());
        }
        let warehouse = wanted.warehouse.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let known = |id: &str| content.catalogue.warehouses.get(&id.parse().ok()?).map(|found| found.id.clone());
        let warehouse_id = warehouse
            .map(|id| known(id).ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: id.to_owned() }))
            .transpose()?;
        let receiver = Receiver {
            id: Id::new(w.now()),
            name: clean_name(&wanted.name)?,
            audience: audience.to_owned(),
            warehouse_id,
            created_at: w.now(),
            created_by: by.actor.clone(),
        };
        if !rows::insert_receiver(w, &receiver)? {
            return Err(SignalRefusal::AudienceTaken.into());
        }
        let entry = Entry::new(What::SignalReceiverMade).subject(receiver.id);
        let data = json!({ "audience": receiver.audience, "warehouse": receiver.warehouse_id });
        audit::rows::append(w, by, entry.texts(json!({ "name": receiver.name })).data(data))?;
        let made = credential(w, by, &receiver, &secret)?;
        Ok((receiver, made))
    })
    .await
}

fn credential(
    w: &mut Writing<'_>,
    by: &audit::event::By,
    receiver: &Receiver,
    secret: &Secret,
) -> Result<FreshCredential<ReceiverCredential>, Fault> {
    let holder = receiver.id.to_string();
    let made = credentials::make(w, &holder, &receiver.name, secret, &by.actor, SignalRefusal::Full)?;
    let entry = Entry::new(What::SignalCredentialMade).subject(receiver.id);
    audit::rows::append(w, by, entry.data(json!({ "credential": made.id })))?;
    Ok(made)
}

/// Makes one more credential of a receiver.
///
/// # Errors
/// The actor is no admin, there is no such receiver, two live already, or the database is away.
pub async fn add_credential(
    app: &App,
    actor: &Actor,
    id: Id<ids::Receiver>,
) -> Result<(Receiver, FreshCredential<ReceiverCredential>), Fault> {
    let (caller, secret) = (actor.clone(), Secret::new("hsr")?);
    act(app, actor, "make_receiver_credential", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let receiver = held(w, id)?;
        let made = credential(w, by, &receiver, &secret)?;
        Ok((receiver, made))
    })
    .await
}

/// Ends a credential of a receiver: whoever presents it from now on is refused.
///
/// # Errors
/// The actor is no admin, there is no such credential, or the database is away.
pub async fn end_credential(
    app: &App,
    actor: &Actor,
    id: Id<ids::Receiver>,
    credential: Id<ReceiverCredential>,
) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "end_receiver_credential", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        if !identity::rows::end_credential(w, credential, &id.to_string(), &by.actor)? {
            return Err(SignalRefusal::NoSuchCredential.into());
        }
        let entry = Entry::new(What::SignalCredentialEnded).subject(id);
        Ok(audit::rows::append(w, by, entry.data(json!({ "credential": credential })))?)
    })
    .await
}

/// Removes a receiver: its credentials end, its stream goes, and it is told nothing more.
///
/// # Errors
/// The actor is no admin, there is no such receiver, or the database is away.
pub async fn remove_receiver(app: &App, actor: &Actor, id: Id<ids::Receiver>) -> Result<(), Fault> {
    let caller = actor.clone();
    act(app, actor, "remove_signal_receiver", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let receiver = held(w, id)?;
        if let Some(stream) = rows::stream_of(w, id)? {
            rows::delete_stream(w, stream.id)?;
        }
        identity::rows::end_credentials(w, &id.to_string(), &by.actor)?;
        rows::remove_receiver(w, id, &by.actor)?;
        let entry = Entry::new(What::SignalReceiverRemoved).subject(id);
        Ok(audit::rows::append(w, by, entry.texts(json!({ "name": receiver.name })))?)
    })
    .await
}

/// The receiver, held until the end of the transaction.
pub(super) fn held(w: &mut Writing<'_>, id: Id<ids::Receiver>) -> Result<Receiver, Fault> {
    if !rows::hold_receiver(w, id)? {
        return Err(SignalRefusal::NoSuchReceiver.into());
    }
    Ok(rows::receiver(w, id)?.ok_or(SignalRefusal::NoSuchReceiver)?)
}

/// All receivers, by name.
///
/// # Errors
/// The actor may not read them, or the database is away.
pub async fn list_receivers(app: &App, actor: &Actor) -> Result<Vec<Overview>, Fault> {
    let caller = actor.clone();
    look(app, actor, "list_signal_receivers", About::nothing(), move |r| {
        caller.as_auditor()?;
        rows::receivers(r)?.into_iter().map(|one| Ok(overview(r, one, 0)?)).collect()
    })
    .await
}

/// One of them, with what it refused.
///
/// # Errors
/// The actor may not read it, there is none, or the database is away.
pub async fn read_receiver(app: &App, actor: &Actor, id: Id<ids::Receiver>) -> Result<Overview, Fault> {
    let caller = actor.clone();
    look(app, actor, "read_signal_receiver", About::nothing().subject(id), move |r| {
        caller.as_auditor()?;
        let found = rows::receiver(r, id)?.ok_or(SignalRefusal::NoSuchReceiver)?;
        Ok(overview(r, found, MOST_REFUSED)?)
    })
    .await
}

fn overview(r: &mut Reading<'_>, receiver: Receiver, refused: i64) -> Result<Overview, Broken> {
    let credentials = identity::rows::credentials(r, &receiver.id.to_string())?;
    let stream = match rows::stream_of(r, receiver.id)? {
        None => None,
        Some(stream) => {
            let backlog = rows::backlog(r, stream.id)?;
            Some((stream, backlog))
        }
    };
    let refused = match &stream {
        Some((stream, _)) if refused > 0 => rows::refused(r, stream.id, refused)?,
        _ => Vec::new(),
    };
    Ok(Overview { receiver, credentials, stream, refused })
}

/// Sends a verification to a receiver, so that an admin sees whether it takes anything.
///
/// # Errors
/// The actor is no admin, there is no such receiver, it has no stream, or the database is away.
pub async fn send_verification(app: &App, actor: &Actor, id: Id<ids::Receiver>) -> Result<(), Fault> {
    let (caller, issuer) = (actor.clone(), app.settings.issuer());
    act(app, actor, "send_verification", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let receiver = held(w, id)?;
        let stream = rows::stream_of(w, id)?.ok_or(SignalRefusal::NoStream)?;
        // What waits is tried at once: whoever asks wants to see what happens.
        rows::retry_now(w, stream.id)?;
        queue_verification(w, &issuer, &receiver, stream.id, None)?;
        let entry = Entry::new(What::SignalStreamChanged).subject(id);
        Ok(audit::rows::append(w, by, entry.data(json!({ "what": "verification" })))?)
    })
    .await
}

/// Pauses, resumes or disables the stream of a receiver, and tells it so. What an admin has stopped, the receiver does not
/// resume.
///
/// # Errors
/// The actor is no admin, there is no such receiver, it has no stream, or the database is away.
pub async fn set_stream_status(app: &App, actor: &Actor, id: Id<ids::Receiver>, status: Status) -> Result<(), Fault> {
    let (caller, issuer) = (actor.clone(), app.settings.issuer());
    act(app, actor, "set_stream_status", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let receiver = held(w, id)?;
        let mut stream = rows::stream_of(w, id)?.ok_or(SignalRefusal::NoStream)?;
        let stopped = status != Status::Enabled;
        let stopped_by = stopped.then_some(StoppedBy::Admin);
        // What the receiver has stopped by itself, an admin can stop for it.
        if stream.status == status && stream.stopped_by == stopped_by {
            return Ok(());
        }
        stream.status = status;
        stream.status_reason = stopped.then(|| "an admin of the transmitter has done this".to_owned());
        stream.stopped_by = stopped_by;
        if status == Status::Disabled {
            rows::give_up(w, stream.id)?;
        }
        rows::set_status(w, &stream)?;
        queue_update(w, &issuer, &receiver, &stream)?;
        let entry = Entry::new(What::SignalStreamChanged).subject(id);
        Ok(audit::rows::append(w, by, entry.data(json!({ "what": status })))?)
    })
    .await
}

/// The receiver behind a secret, if the secret is a live credential's.
///
/// # Errors
/// The database is away.
pub async fn authenticate(app: &App, secret: &Secret, address: &str) -> Result<Option<Actor>, Fault> {
    let found = credentials::presented::<ReceiverCredential>(app, secret).await?;
    Ok(found.and_then(|found| found.holder.parse().ok()).map(|id| Actor::receiver(id, address)))
}
