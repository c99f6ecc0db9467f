//! The log that proves itself: what was signed, proofs, and the whole of it to take away.

use super::{
    audit::filter,
    kit::{Answer, Group, Query, csv, get, shown},
    shapes::{
        EventId,
        log::{CheckpointBody, ConsistencyBody, InclusionBody},
    },
};
use crate::{
    actions::log::{self, Wanted},
    audit::rows::Filter,
    base::clock::Time,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::{Bytes, Data};
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    Group {
        name: "Log",
        about: "The log proves itself: every event has a place in a Merkle tree (RFC 9162) whose root is signed within a second \
                (c2sp.org/tlog-checkpoint). `/log/checkpoint`, `/log/key` and `/log/tile/…` are for everybody, without the API \
                (c2sp.org/tlog-tiles); proofs and the events themselves are for auditors and admins.",
        endpoints: vec![
            get("/log/checkpoint", checkpoint)
                .says("Show what was signed last", "How long the log is, its root, and the signed note that says so.")
                .public()
                .answers::<CheckpointBody>(200, "The checkpoint."),
            get("/log/inclusion", inclusion)
                .says(
                    "Prove that an event is in the log",
                    "The path from its leaf to the root (RFC 9162, section 2.1.3), the nearest hash first.",
                )
                .asks::<InclusionWanted>()
                .answers::<InclusionBody>(200, "The proof.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-event"])
                .refuses(409, &["event-not-placed-yet"])
                .refuses(422, &["no-such-log-size"]),
            get("/log/consistency", consistency)
                .says(
                    "Prove that the log only grew",
                    "That the log of so many events goes on from an earlier one (RFC 9162, section 2.1.4).",
                )
                .asks::<ConsistencyWanted>()
                .answers::<ConsistencyBody>(200, "The proof.")
                .refuses(403, &["capability-missing"])
                .refuses(422, &["no-such-log-size"]),
            get("/log/export", export)
                .says(
                    "Take the log away",
                    "JSON lines, oldest first, to be checked by `habilis audit verify` without this service. With filters, a \
                     selection of which each event brings its own proof, and nothing says that none is missing. It leaves an \
                     event in the log.",
                )
                .asks::<ExportWanted>()
                .gives("application/x-ndjson", "The lines.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-person", "several-people"])
                .refuses(422, &["no-such-log-size"]),
        ],
    }
}

async fn checkpoint(desk: Data<Desk>) -> Answer {
    let published = log::published(&desk.app).await?;
    let signed = published.checkpoint;
    shown(&CheckpointBody { size: signed.size, at: signed.at, note: signed.note, keys: published.keys })
}

/// Of which event.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct InclusionWanted {
    /// The event's id.
    #[param(value_type = String, example = "evt_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f")]
    event: EventId,
    /// In the log of so many events; in the one that was signed last unless said otherwise.
    #[param(example = 48_211)]
    size: Option<u64>,
}

async fn inclusion(desk: Data<Desk>, caller: Caller, Query(wanted): Query<InclusionWanted>) -> Answer {
    let proof = log::prove_inclusion(&desk.app, &caller.actor, wanted.event, wanted.size).await?;
    shown(&InclusionBody::from(proof))
}

/// Between which lengths.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ConsistencyWanted {
    /// How many events the log had.
    #[param(example = 40_000)]
    from: u64,
    /// How many it has; the length that was signed last unless said otherwise.
    #[param(example = 48_211)]
    to: Option<u64>,
}

async fn consistency(desk: Data<Desk>, caller: Caller, Query(wanted): Query<ConsistencyWanted>) -> Answer {
    let proof = log::prove_consistency(&desk.app, &caller.actor, wanted.from, wanted.to).await?;
    shown(&ConsistencyBody::from(proof))
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ExportWanted {
    /// The log as it was signed when it had so many events.
    size: Option<u64>,
    /// From this place on, without a head: what a file that was begun lacks.
    position: Option<u64>,
    /// Leave out addresses and words.
    #[serde(default)]
    without_words: bool,
    /// Only this kind.
    #[param(example = "token.minted")]
    kind: Option<String>,
    /// Only lines that concern this person, or that this person did: an id or an e-mail address.
    person: Option<String>,
    /// Only lines about this role.
    role: Option<String>,
    /// Only lines about this thing, by its id.
    subject: Option<String>,
    /// `done` or `refused`.
    outcome: Option<String>,
    /// From this instant on.
    #[param(value_type = Option<String>, example = "2027-03-01T00:00:00Z")]
    from: Option<Time>,
    /// Before this instant.
    #[param(value_type = Option<String>, example = "2027-04-01T00:00:00Z")]
    until: Option<Time>,
}

async fn export(desk: Data<Desk>, caller: Caller, Query(wanted): Query<ExportWanted>) -> Answer {
    let ExportWanted { size, position, without_words, kind, person, role, subject, outcome, from, until } = wanted;
    let filter = filter(kind.as_deref(), role, subject, outcome, (from, until))?;
    let selection = Some(filter).filter(|filter| *filter != Filter::default());
    let wanted = Wanted { selection, person, size, from: position, without_words };
    let mut leaving = log::begin_export(&desk.app, &caller.actor, wanted).await?;
    let day = desk.app.now().timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let (response, pen) = csv::download_of("application/x-ndjson", &format!("log-{day}.jsonl"));
    actix_web::rt::spawn(async move {
        loop {
            let more = match leaving.more().await {
                Ok(Some(text)) => Ok(Bytes::from(text)),
                Ok(None) => break,
                Err(fault) => Err(Failure::from(fault)),
            };
            if !pen.write(more).await {
                break;
            }
        }
    });
    Ok(response)
}
