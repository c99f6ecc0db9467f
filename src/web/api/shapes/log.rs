//! Checkpoints and proofs of the log on the wire; hashes in base64.

use super::EventId;
use crate::{
    actions::log::{Consistency, Inclusion},
    audit::log::hash::{self, Hash},
    base::clock::Time,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What was signed last.
#[derive(Serialize, ToSchema)]
#[schema(as = Checkpoint, example = json!({
    "size": 48211, "at": "2027-03-13T08:41:00Z",
    "note": "academy.example.com/log\n48211\nX1IxU0…=\n\n— academy.example.com/log GywtPk…=\n",
    "keys": ["academy.example.com/log+1b2c3d4e+AX…="],
}))]
pub(in crate::web::api) struct CheckpointBody {
    /// How many events.
    pub(in crate::web::api) size: u64,
    pub(in crate::web::api) at: Time,
    /// The signed note.
    pub(in crate::web::api) note: String,
    /// The keys that check notes, the one that signs first.
    pub(in crate::web::api) keys: Vec<String>,
}

/// That an event is in the log.
#[derive(Serialize, ToSchema)]
#[schema(as = InclusionProof)]
pub(in crate::web::api) struct InclusionBody {
    event: EventId,
    /// Its place, from 0 on.
    position: u64,
    size: u64,
    /// The bytes that the leaf is the hash of, in UTF-8.
    entry: String,
    leaf: String,
    root: String,
    /// The nearest hash first.
    path: Vec<String>,
    /// The signed note of that size; null where none was signed of it.
    checkpoint: Option<String>,
}

/// That the log only grew.
#[derive(Serialize, ToSchema)]
#[schema(as = ConsistencyProof)]
pub(in crate::web::api) struct ConsistencyBody {
    from: u64,
    from_root: String,
    to: u64,
    to_root: String,
    path: Vec<String>,
    /// The signed note of the longer log; null where none was signed of that size.
    checkpoint: Option<String>,
}

fn written(path: &[Hash]) -> Vec<String> {
    path.iter().map(hash::written).collect()
}

impl From<Inclusion> for InclusionBody {
    fn from(proof: Inclusion) -> Self {
        Self {
            event: proof.event,
            position: proof.position,
            size: proof.size,
            entry: proof.entry,
            leaf: hash::written(&proof.leaf),
            root: hash::written(&proof.root),
            path: written(&proof.path),
            checkpoint: proof.checkpoint,
        }
    }
}

impl From<Consistency> for ConsistencyBody {
    fn from(proof: Consistency) -> Self {
        Self {
            from: proof.old.0,
            from_root: hash::written(&proof.old.1),
            to: proof.new.0,
            to_root: hash::written(&proof.new.1),
            path: written(&proof.path),
            checkpoint: proof.checkpoint,
        }
    }
}
