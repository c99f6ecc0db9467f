//! Delivering: one batch after the other in the log's order, by the holder of the sink's lease, until it was taken.
//!
//! A sink goes on only in the transaction that notes that it has taken what it was sent; so nothing is lost. What was taken is
//! sent again only where the process died between the answer and that note; every event has the same id then.

use super::send::{Fate, send};
use crate::{
    app::App,
    audit::{
        log::entry::Kept,
        rows::{log, sinks as rows},
        sinks::{Kind, Sink, State, publisher::PublisherSettings},
    },
    base::refusal::{Broken, Fault},
    db::lease::{give_back, take_lease},
};
use rand::TryRng;

/// How long one replica has a sink for itself, in seconds: longer than a call takes.
const LEASE_SECONDS: i64 = 60;
/// How many calls one sink gets before others have their turn.
const MOST_CALLS: usize = 200;
/// How many events a publisher gets at once.
const PUBLISHED: i64 = 256;
/// The shortest wait after a failure and the longest, in milliseconds.
const WAITS: (i64, i64) = (1_000, 300_000);

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
    app.db.look_up(app.now(), |r| Ok(rows::due(r)?)).await
}

/// Puts the publishers of the settings into the list of sinks; those that the settings name no more are left where they are.
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
                rows::set_kinds(w, &sink.id, publisher.kinds.as_ref())?;
            }
            Ok(())
        })
        .await
}

/// Sends a sink what waits for it, until there is no more, it takes nothing, or the lease is another's.
///
/// # Errors
/// The database is away.
pub async fn deliver(app: &App, holder: &str, sink: &str) -> Result<(), Fault> {
    let mut done: Option<(Parcel, Fate)> = None;
    for call in 0..=MOST_CALLS {
        let last = call == MOST_CALLS;
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
    let (holder, id, jitter) = (holder.to_owned(), sink.to_owned(), jitter()?);
    let lane = format!("sink-{id}");
    let done = done.map(|(parcel, fate)| (parcel.sink, parcel.events.len(), parcel.after, fate));
    let ours: Vec<String> = app.settings.publish.iter().map(PublisherSettings::id).collect();
    app.db
        .write(app.now(), move |w| {
            if let Some((sink, count, after, fate)) = &done {
                match fate {
                    Fate::Taken => {
                        rows::advance(w, &sink.id, sink.position, *after, i64::try_from(*count).unwrap_or(0))?;
                    }
                    Fate::Gone => rows::set_state(w, &sink.id, State::Gone)?,
                    Fate::Failed(why) => {
                        let failures = rows::sink(w, &sink.id)?.map_or(0, |sink| sink.failures);
                        rows::fail(w, &sink.id, why, w.now().plus_micros(wait(failures, jitter) * 1_000))?;
                    }
                }
                if !matches!(fate, Fate::Taken) || last {
                    give_back(w, &lane, &holder)?;
                    return Ok(None);
                }
            }
            let found = rows::sink(w, &id)?.filter(|sink| {
                let named = sink.kind == Kind::Webhook || ours.contains(&sink.id);
                sink.state == State::Enabled && sink.retry_at.is_none_or(|at| at <= w.now()) && named
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
            let (leaves, after) = rows::next(w, &sink, size, most)?;
            let events = leaves.into_iter().map(|leaf| (leaf.position, leaf.kept)).collect();
            Ok(Some(Parcel { secrets: rows::secrets(w, &sink.id)?, sink, events, after }))
        })
        .await
}

/// How long to wait after so many failures, in milliseconds: twice as long each time up to a limit, and between half of it and
/// all of it, so that sinks that came back are not called in step. `jitter` is 0 to 1023.
fn wait(failures: i64, jitter: i64) -> i64 {
    let whole = WAITS.0.saturating_mul(1 << failures.clamp(0, 20)).min(WAITS.1);
    whole / 2 + whole / 2 * jitter / 1_023
}

fn jitter() -> Result<i64, Broken> {
    let mut bytes = [0_u8; 2];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(Broken::defect)?;
    Ok(i64::from(u16::from_le_bytes(bytes) % 1_024))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_differ() {
        assert_eq!((wait(0, 0), wait(0, 1_023)), (500, 1_000));
        assert_eq!((wait(40, 0), wait(i64::MAX, 1_023)), (150_000, 300_000));
    }
}
