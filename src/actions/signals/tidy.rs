//! What nobody takes is not kept for ever, and is told of.

use super::{queue_update, receivers::held};
use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{clock::Time, refusal::Fault},
    db::Writing,
    signals::{
        KEPT_SECONDS, MOST_WAITING,
        rows::{self, Receiver, Stream},
        stream::Status,
    },
};
use serde_json::json;

/// After how many seconds without success a receiver is said to be failing.
const FAILING_SECONDS: i64 = 300;
/// And after how many seconds in which one that polls has not come for what waits.
const UNFETCHED_SECONDS: i64 = 3_600;

/// Gives up what was kept for too long, or is too much, and what was refused a while ago; as a part of the sweep.
pub fn tidy(w: &mut Writing<'_>, by: &By, issuer: &str) -> Result<(), Fault> {
    let kept = w.now().plus_seconds(-KEPT_SECONDS);
    for stream in rows::streams(w)? {
        let backlog = rows::backlog(w, stream.id)?;
        let old = backlog.oldest.is_some_and(|oldest| oldest < kept);
        if stream.status != Status::Disabled && (old || backlog.waiting > MOST_WAITING) {
            let why = if old { "nothing was taken for seven days" } else { "too much was waiting" };
            give_up(w, by, issuer, stream, why)?;
        }
    }
    Ok(rows::forget_sets(w, kept)?)
}

fn give_up(w: &mut Writing<'_>, by: &By, issuer: &str, mut stream: Stream, why: &str) -> Result<(), Fault> {
    let receiver = held(w, stream.receiver_id)?;
    stream.status = Status::Disabled;
    stream.status_reason = Some(format!("{why}; what was waiting is gone"));
    rows::give_up(w, stream.id)?;
    rows::put_stream(w, &stream)?;
    queue_update(w, issuer, &receiver, &stream)?;
    tracing::warn!(receiver.id = %receiver.id, why, "a stream of signals was disabled");
    let entry = Entry::new(What::SignalStreamChanged).subject(receiver.id);
    let entry = entry.data(json!({ "what": "given_up", "stream": stream.id }));
    Ok(audit::rows::append(w, by, entry.texts(json!({ "reason": why })))?)
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
