//! Webhooks: made, paused, sent back to an earlier position and removed by admins; and how events come to all sinks.

mod collect;
mod deliver;
mod send;

pub use deliver::{deliver, due, ensure_publishers};

use super::{About, act, invite_person::clean_name, look};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
        rows::{log, sinks as rows},
        sinks::{Kind, MOST_IN_A_CALL, Sink, SinkRefusal, State},
    },
    base::{
        ids::{self, Id},
        outbound,
        refusal::{Broken, Fault},
        webhook::Secret,
    },
    db::Writing,
    identity::actor::Actor,
};
use serde_json::json;

/// How long a secret that was replaced still signs beside the new one, in seconds.
pub const OVERLAP_SECONDS: i64 = 86_400;

/// A webhook as an admin describes it.
#[derive(Clone, Debug, Default)]
pub struct WantedWebhook {
    pub name: String,
    pub address: String,
    /// Only these kinds of events; none means all.
    pub kinds: Option<Vec<String>>,
    /// How many events one call holds at most; one unless said otherwise.
    pub batch: Option<i64>,
    /// The first position that it gets; what comes from now on unless said otherwise.
    pub from: Option<u64>,
}

/// A webhook that was made.
#[derive(Clone, Debug)]
pub struct MadeWebhook {
    pub sink: Sink,
    /// What its messages are signed with: told only now.
    pub secret: Secret,
    /// How many events the log has.
    pub size: u64,
}

/// Makes a webhook; its secret is told once.
///
/// # Errors
/// The actor is no admin, the address may not be called, a kind is unknown, the position is beyond the log, or the database is
/// away.
pub async fn make_webhook(app: &App, actor: &Actor, wanted: WantedWebhook) -> Result<MadeWebhook, Fault> {
    let (caller, house, secret) = (actor.clone(), app.clone(), Secret::fresh()?);
    act(app, actor, "make_webhook", About::nothing(), move |w, by| {
        caller.as_admin()?;
        let url = house.outbound.address(wanted.address.trim()).map_err(|why| SinkRefusal::unfit(&why))?;
        let kinds = known(wanted.kinds.clone())?;
        let batch = wanted.batch.unwrap_or(1);
        if !(1..=MOST_IN_A_CALL).contains(&batch) {
            return Err(SinkRefusal::Batch { most: MOST_IN_A_CALL }.into());
        }
        let size = log::state(w)?.map_or(0, |state| state.size);
        let sink = Sink {
            id: Id::<ids::Sink>::new(w.now()).to_string(),
            kind: Kind::Webhook,
            name: clean_name(&wanted.name)?,
            address: url.to_string(),
            kinds,
            batch,
            position: within(wanted.from.unwrap_or(size), size)?,
            state: State::Enabled,
            created_at: w.now(),
            failing_since: None,
            failures: 0,
            retry_at: None,
            last_error: None,
            taken: 0,
            taken_at: None,
        };
        rows::insert(w, &sink, &by.actor)?;
        keep_secret(&house, w, &sink.id, &secret)?;
        let data = json!({ "kinds": sink.kinds, "batch": sink.batch, "position": sink.position });
        let entry = Entry::new(What::WebhookMade).about(sink.id.clone()).data(data);
        let entry = entry.texts(json!({ "name": sink.name, "webhook": outbound::shown(&sink.address) }));
        audit::rows::append(w, by, entry)?;
        Ok(MadeWebhook { sink, secret: secret.clone(), size })
    })
    .await
}

fn known(kinds: Option<Vec<String>>) -> Result<Option<Vec<String>>, SinkRefusal> {
    let mut kinds: Vec<String> = kinds.unwrap_or_default();
    kinds.retain(|kind| !kind.trim().is_empty());
    kinds.sort();
    kinds.dedup();
    match kinds.iter().find(|kind| What::from_word(kind).is_none()) {
        Some(kind) => Err(SinkRefusal::NoSuchKind { kind: kind.clone() }),
        None => Ok(Some(kinds).filter(|kinds| !kinds.is_empty())),
    }
}

fn within(position: u64, size: u64) -> Result<u64, SinkRefusal> {
    if position <= size {
        return Ok(position);
    }
    Err(SinkRefusal::Position { size: i64::try_from(size).unwrap_or(i64::MAX) })
}

fn keep_secret(app: &App, w: &mut Writing<'_>, sink: &str, secret: &Secret) -> Result<(), Broken> {
    let id = format!("sec-{}", Id::<ids::Sink>::new(w.now()));
    let sealed = app.keyring.seal(&id, secret.reveal().as_bytes())?;
    let others_end = w.now().plus_seconds(OVERLAP_SECONDS);
    rows::add_secret(w, sink, &id, &sealed, others_end)
}

/// The webhook with this id, in a transaction that changes it.
fn webhook(w: &mut Writing<'_>, id: Id<ids::Sink>) -> Result<Sink, Fault> {
    Ok(rows::sink(w, &id.to_string())?.filter(|sink| sink.kind == Kind::Webhook).ok_or(SinkRefusal::NoSuchWebhook)?)
}

/// A sink as the actor may see it: where exactly a webhook is called is for admins, as its address may hold a secret.
fn seen(mut sink: Sink, caller: &Actor) -> Sink {
    if sink.kind == Kind::Webhook && caller.as_admin().is_err() {
        sink.address = outbound::shown(&sink.address);
    }
    sink
}

/// Every sink, and how many events the log has: webhooks, and publishers of the settings, also those that the settings of this
/// process name no more. Of a webhook's address, only admins get more than scheme, host and port.
///
/// # Errors
/// The actor may not read the log, or the database is away.
pub async fn list_sinks(app: &App, actor: &Actor) -> Result<(Vec<Sink>, u64), Fault> {
    let (caller, named) = (actor.clone(), deliver::named(app));
    look(app, actor, "list_webhooks", About::nothing(), move |r| {
        caller.as_auditor()?;
        let mut sinks: Vec<Sink> = rows::sinks(r)?.into_iter().map(|sink| seen(sink, &caller)).collect();
        for sink in sinks.iter_mut().filter(|sink| is_unnamed(sink, &named)) {
            sink.state = State::Unnamed;
        }
        Ok((sinks, log::state(r)?.map_or(0, |state| state.size)))
    })
    .await
}

/// Whether it is a publisher that is not among those that the settings name.
fn is_unnamed(sink: &Sink, named: &[String]) -> bool {
    sink.kind != Kind::Webhook && !named.contains(&sink.id)
}

/// One webhook; of its address, only admins get more than scheme, host and port.
///
/// # Errors
/// The actor may not read the log, there is no such webhook, or the database is away.
pub async fn read_webhook(app: &App, actor: &Actor, id: Id<ids::Sink>) -> Result<Sink, Fault> {
    let caller = actor.clone();
    look(app, actor, "read_webhook", About::nothing().subject(id), move |r| {
        caller.as_auditor()?;
        let found = rows::sink(r, &id.to_string())?.filter(|sink| sink.kind == Kind::Webhook);
        Ok(seen(found.ok_or(SinkRefusal::NoSuchWebhook)?, &caller))
    })
    .await
}

fn changed(w: &mut Writing<'_>, by: &By, id: Id<ids::Sink>, what: What, data: serde_json::Value) -> Result<(), Fault> {
    Ok(audit::rows::append(w, by, Entry::new(what).subject(id).data(data))?)
}

/// Holds what comes for a webhook, or lets it flow again; nothing is lost meanwhile.
///
/// # Errors
/// The actor is no admin, there is no such webhook, or the database is away.
pub async fn pause_webhook(app: &App, actor: &Actor, id: Id<ids::Sink>, paused: bool) -> Result<Sink, Fault> {
    let caller = actor.clone();
    act(app, actor, "pause_webhook", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        webhook(w, id)?;
        let state = if paused { State::Paused } else { State::Enabled };
        rows::set_state(w, &id.to_string(), state)?;
        changed(w, by, id, What::WebhookChanged, json!({ "state": state }))?;
        webhook(w, id)
    })
    .await
}

/// Sends a webhook back to a position of the log, or ahead: it gets the events from there on again.
///
/// # Errors
/// The actor is no admin, there is no such webhook, the position is beyond the log, or the database is away.
pub async fn replay_webhook(app: &App, actor: &Actor, id: Id<ids::Sink>, position: u64) -> Result<Sink, Fault> {
    let caller = actor.clone();
    act(app, actor, "replay_webhook", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let found = webhook(w, id)?;
        let size = log::state(w)?.map_or(0, |state| state.size);
        rows::go_to(w, &found.id, within(position, size)?)?;
        changed(w, by, id, What::WebhookChanged, json!({ "from": found.position, "position": position }))?;
        webhook(w, id)
    })
    .await
}

/// Makes a new secret for a webhook, told once; the one before signs beside it for a day.
///
/// # Errors
/// The actor is no admin, there is no such webhook, or the database is away.
pub async fn renew_webhook_secret(app: &App, actor: &Actor, id: Id<ids::Sink>) -> Result<Secret, Fault> {
    let (caller, house, secret) = (actor.clone(), app.clone(), Secret::fresh()?);
    act(app, actor, "renew_webhook_secret", About::nothing().subject(id), move |w, by| {
        caller.as_admin()?;
        let found = webhook(w, id)?;
        keep_secret(&house, w, &found.id, &secret)?;
        changed(w, by, id, What::WebhookSecretMade, json!({}))?;
        Ok(secret.clone())
    })
    .await
}

/// Removes a webhook, or a publisher that the settings of this process name no more.
///
/// # Errors
/// The actor is no admin, there is none with this id, or the database is away.
pub async fn remove_webhook(app: &App, actor: &Actor, id: &str) -> Result<(), Fault> {
    let (caller, named, id) = (actor.clone(), deliver::named(app), id.to_owned());
    act(app, actor, "remove_webhook", About::nothing().named(id.clone()), move |w, by| {
        caller.as_admin()?;
        let removable = |sink: &Sink| sink.kind == Kind::Webhook || is_unnamed(sink, &named);
        let found = rows::sink(w, &id)?.filter(removable).ok_or(SinkRefusal::NoSuchWebhook)?;
        rows::set_state(w, &found.id, State::Removed)?;
        let entry = Entry::new(What::WebhookRemoved).about(found.id);
        Ok(audit::rows::append(w, by, entry.data(json!({ "position": found.position })))?)
    })
    .await
}
