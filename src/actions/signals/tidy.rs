//! What nobody takes is not kept for ever, and is told of.

use super::queue_update;
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        refusal::{Broken, Fault},
    },
    db::{Reading, Writing},
    signals::{
        KEPT_SECONDS, MOST_WAITING,
        rows::{self, Receiver, Stream},
        stream::{Status, StoppedBy},
    },
};
use serde_json::json;

/// After how many seconds without success a receiver is said to be failing.
const FAILING_SECONDS: i64 = 300;
/// And after how many seconds in which one that polls has not come for what waits.
const UNFETCHED_SECONDS: i64 = 3_600;
/// After how many seconds a change that nobody was told of is in trouble.
const UNTOLD_SECONDS: i64 = 60;

/// Gives up what was kept for too long, or is too much, and what was refused a while ago; as a part of the sweep.
pub fn tidy(w: &mut Writing<'_>, by: &By, issuer: &str) -> Result<(), Fault> {
    let kept = w.now().plus_seconds(-KEPT_SECONDS);
    for found in rows::streams(w)? {
        if overdue(w, &found, kept)?.is_none() || !rows::hold_receiver(w, found.receiver_id)? {
            continue;
        }
        rows::hold_stream(w, found.id, true)?;
        // What was read before may have changed until it was held, or be gone.
        let receiver = rows::receiver(w, found.receiver_id)?;
        let (Some(receiver), Some(stream)) = (receiver, rows::stream(w, found.id)?) else { continue };
        if let Some(why) = overdue(w, &stream, kept)? {
            give_up(w, by, issuer, &receiver, stream, why)?;
        }
    }
    Ok(rows::forget_sets(w, kept)?)
}

/// Why a stream is given up, if it is.
fn overdue(r: &mut Reading<'_>, stream: &Stream, kept: Time) -> Result<Option<&'static str>, Broken> {
    if stream.status == Status::Disabled {
        return Ok(None);
    }
    let backlog = rows::backlog(r, stream.id)?;
    let old = backlog.oldest.is_some_and(|oldest| oldest < kept);
    let much = (backlog.waiting > MOST_WAITING).then_some("too much was waiting");
    Ok(if old { Some("nothing was taken for seven days") } else { much })
}

fn give_up(
    w: &mut Writing<'_>,
    by: &By,
    issuer: &str,
    receiver: &Receiver,
    mut stream: Stream,
    why: &str,
) -> Result<(), Fault> {
    stream.status = Status::Disabled;
    stream.status_reason = Some(format!("{why}; what was waiting is gone"));
    // What an admin has paused stays an admin's to resume.
    stream.stopped_by = stream.stopped_by.filter(|by| *by == StoppedBy::Admin).or(Some(StoppedBy::House));
    rows::give_up(w, stream.id)?;
    rows::set_status(w, &stream)?;
    queue_update(w, issuer, receiver, &stream)?;
    tracing::warn!(receiver.id = %receiver.id, why, "a stream of signals was disabled");
    let entry = Entry::new(What::SignalStreamChanged).subject(receiver.id);
    let entry = entry.data(json!({ "what": "given_up", "stream": stream.id }));
    Ok(audit::rows::append(w, by, entry.texts(json!({ "reason": why })))?)
}

/// Since when the oldest change waits that no receiver was told of, where that is too long.
///
/// # Errors
/// The database is away.
pub async fn untold(app: &App) -> Result<Option<Time>, Fault> {
    let now = app.now();
    let oldest = app.db.look_up(now, |r| Ok(rows::oldest_signal(r)?)).await?;
    Ok(oldest.filter(|at| now.micros_since(*at) > UNTOLD_SECONDS * 1_000_000))
}

/// The receivers that take nothing, each with since when and what was said last.
///
/// # Errors
/// The database is away.
pub async fn failing(app: &App) -> Result<Vec<(Receiver, Time, String)>, Fault> {
    app.db
        .read(app.now(), |r| {
            let (mut failing, now) = (Vec::new(), r.at());
            for stream in rows::streams(r)? {
                let Some(receiver) = rows::receiver(r, stream.receiver_id)? else { continue };
                let oldest = rows::backlog(r, stream.id)?.oldest.filter(|_| stream.status == Status::Enabled);
                let since = |at: Option<Time>, seconds| at.filter(|at| now.micros_since(*at) > seconds * 1_000_000);
                let reason = stream.status_reason.clone().unwrap_or_default();
                if stream.status == Status::Disabled {
                    failing.push((receiver, stream.changed_at, format!("its stream is disabled: {reason}")));
                } else if let Some(at) = since(stream.failing_since, FAILING_SECONDS) {
                    failing.push((receiver, at, stream.last_error.unwrap_or_default()));
                } else if let Some(at) = since(oldest, UNFETCHED_SECONDS) {
                    failing.push((receiver, at, "it has not come for what waits".to_owned()));
                }
            }
            Ok(failing)
        })
        .await
}
