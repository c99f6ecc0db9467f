//! Delivering: one batch after the other in the log's order, by the holder of the sink's lease, until it was taken.
//!
//! A sink goes on only in the transaction that notes that it has taken what it was sent; so nothing is lost. What was taken is
//! sent again only where the process died between the answer and that note; every event has the same id then.

use super::send::{Fate, send};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
        log::entry::Kept,
        rows::{log, sinks as rows},
        sinks::{Kind, Sink, State, publisher::PublisherSettings},
    },
    base::{
        backoff,
        refusal::{Broken, Fault},
    },
    db::{
        Writing,
        lease::{give_back, take_lease},
    },
    identity::actor::Actor,
};
use serde_json::json;

/// How long one replica has a sink for itself, in seconds: longer than a call takes.
pub(super) const LEASE_SECONDS: i64 = 60;
/// How many calls one sink gets before others have their turn.
const MOST_CALLS: usize = 200;
/// How many events a publisher gets at once.
const PUBLISHED: i64 = 256;
/// How many positions of the log are looked at in one transaction: where few events are of the kinds that a sink gets, the next
/// of them may be far.
const REACH: u64 = 10_000;
/// The wait after the first failure, in milliseconds.
const FIRST_WAIT: i64 = 1_000;

/// What goes to a sink next.
pub(super) struct Parcel {
    pub(super) sink: Sink,
    /// What its messages are signed with, the newest secret first.
    pub(super) secrets: Vec<rows::SinkSecret>,
    /// Events at their places.
    pub(super) events: Vec<(u64, Kept)>,
    /// Where the sink goes on after them.
    after: u64,
}

/// The sinks to which something may have to go now.
///
/// # Errors
/// The database is away.
pub async fn due(app: &App) -> Result<Vec<String>, Fault> {
    let named = named(app);
    app.db.look_up(app.now(), move |r| Ok(rows::due(r, &named)?)).await
}

/// The ids of the publishers that the settings of this process name.
pub(super) fn named(app: &App) -> Vec<String> {
    app.settings.publish.iter().map(PublisherSettings::id).collect()
}

/// Puts the publishers of the settings into the list of sinks; those that the settings name no more are left where they are, and
/// one that was removed meanwhile begins anew.
///
/// # Errors
/// The database is away.
pub async fn ensure_publishers(app: &App) -> Result<(), Fault> {
    let publishers = app.settings.publish.clone();
    app.db
        .write(app.now(), move |w| {
            let size = log::state(w)?.map_or(0, |state| state.size);
            let now = w.now();
            for publisher in &publishers {
                let sink = Sink {
                    id: publisher.id(),
                    kind: publisher.kind(),
                    name: publisher.label(),
                    address: publisher.label(),
                    kinds: publisher.kinds.clone(),
                    batch: 1,
                    position: if publisher.from_the_beginning { 0 } else { size },
                    state: State::Enabled,
                    created_at: now,
                    failing_since: None,
                    failures: 0,
                    retry_at: None,
                    last_error: None,
                    taken: 0,
                    taken_at: None,
                };
                rows::insert(w, &sink, "system:settings")?;
                rows::take_back(w, &sink)?;
                rows::set_kinds(w, &sink.id, publisher.kinds.as_ref())?;
            }
            Ok(())
        })
        .await
}

/// Sends a sink what waits for it, until there is no more, it takes nothing, the lease is another's, or the service stops.
///
/// # Errors
/// The database is away.
pub async fn deliver(app: &App, holder: &str, sink: &str) -> Result<(), Fault> {
    let mut done: Option<(Parcel, Fate)> = None;
    for call in 0..=MOST_CALLS {
        let last = call == MOST_CALLS || app.is_stopping();
        if last && done.is_none() {
            return Ok(());
        }
        let Some(parcel) = step(app, holder, sink, done.take(), last).await? else { return Ok(()) };
        let fate = if parcel.events.is_empty() { Fate::Taken } else { send(app, &parcel).await };
        done = Some((parcel, fate));
    }
    Ok(())
}

/// Notes what became of the call before, and picks the next under the lease, in one transaction.
async fn step(
    app: &App,
    holder: &str,
    sink: &str,
    done: Option<(Parcel, Fate)>,
    last: bool,
) -> Result<Option<Parcel>, Fault> {
    let (holder, id, chance) = (holder.to_owned(), sink.to_owned(), backoff::chance()?);
    let lane = format!("sink-{id}");
    let (by, named) = (Actor::system("sinks").by(), named(app));
    app.db
        .write(app.now(), move |w| {
            if let Some((parcel, fate)) = &done {
                note(w, &by, parcel, fate, chance)?;
                if !matches!(fate, Fate::Taken) || last {
                    give_back(w, &lane, &holder)?;
                    return Ok(None);
                }
            }
            let found = rows::sink(w, &id)?.filter(|sink| {
                let is_ours = sink.kind == Kind::Webhook || named.contains(&sink.id);
                sink.state == State::Enabled && sink.retry_at.is_none_or(|at| at <= w.now()) && is_ours
            });
            let size = log::state(w)?.map_or(0, |state| state.size);
            let Some(sink) = found.filter(|sink| sink.position < size) else {
                give_back(w, &lane, &holder)?;
                return Ok(None);
            };
            if !take_lease(w, &lane, &holder, LEASE_SECONDS)? {
                return Ok(None);
            }
            let most = if sink.kind == Kind::Webhook { sink.batch } else { PUBLISHED };
            let until = size.min(sink.position.saturating_add(REACH));
            let (leaves, after) = rows::next(w, &sink, until, most)?;
            let events = leaves.into_iter().map(|leaf| (leaf.position, leaf.kept)).collect();
            Ok(Some(Parcel { secrets: rows::secrets(w, &sink.id)?, sink, events, after }))
        })
        .await
}

/// Notes what became of a call.
fn note(w: &mut Writing<'_>, by: &By, parcel: &Parcel, fate: &Fate, chance: i64) -> Result<(), Broken> {
    let sink = &parcel.sink;
    match fate {
        Fate::Taken => {
            let taken = i64::try_from(parcel.events.len()).unwrap_or(0);
            rows::advance(w, &sink.id, sink.position, parcel.after, taken)
        }
        Fate::Gone => {
            if rows::note_gone(w, &sink.id)? {
                let entry = Entry::new(What::WebhookChanged).about(sink.id.clone());
                audit::rows::append(w, by, entry.data(json!({ "state": State::Gone })))?;
            }
            Ok(())
        }
        Fate::Failed(why) => {
            let failures = rows::sink(w, &sink.id)?.map_or(0, |sink| sink.failures);
            let wait = backoff::wait(FIRST_WAIT, failures, chance);
            rows::fail(w, &sink.id, why, w.now().plus_micros(wait * 1_000))
        }
    }
}
