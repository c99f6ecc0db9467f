//! The log that proves itself: a Merkle tree over every event (RFC 9162), signed checkpoints of it, and files that a stranger can check.
//!
//! An event's place in the tree is its position, from 0 on without gaps, given once by a sequencer. What is hashed is the
//! event's entry ([`entry`]); the tree is kept in tiles of 256 hashes ([`tree`]); its root is signed as a note ([`note`]).

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

pub mod entry;
pub mod file;
pub mod hash;
pub mod note;
pub mod place;
pub mod proof;
pub mod tree;
pub mod verify;
pub mod witness;

/// An event that is dated so much before one that stands before it was not written when it says, in seconds: clocks of replicas
/// differ by less, and no action takes so long.
pub const LATE_SECONDS: i64 = 300;

/// Why a proof is not given.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LogRefusal {
    /// There is none with this id.
    #[error("there is no such event")]
    NoSuchEvent,
    /// It was written a moment ago.
    #[error("this event has no position in the log yet; it gets one within a second")]
    NotYetPlaced,
    /// The log was never that long, or not long enough for what is asked.
    #[error("a size from {least} to {most} is needed")]
    NoSuchSize {
        /// The smallest size that will do.
        least: u64,
        /// The largest.
        most: u64,
    },
    /// The tree has none there, or it is not that wide.
    #[error("there is no such tile")]
    NoSuchTile,
}

impl Refusal for LogRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchEvent | Self::NoSuchTile => Kind::NotFound,
            Self::NotYetPlaced => Kind::Conflict,
            Self::NoSuchSize { .. } => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchEvent => "no-such-event",
            Self::NotYetPlaced => "event-not-placed-yet",
            Self::NoSuchSize { .. } => "no-such-log-size",
            Self::NoSuchTile => "no-such-tile",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        let number = |n: u64| Fact::from(i64::try_from(n).unwrap_or(i64::MAX));
        match self {
            Self::NoSuchSize { least, most } => BTreeMap::from([("least", number(*least)), ("most", number(*most))]),
            _ => BTreeMap::new(),
        }
    }
}
