//! The lines of an exported log: what a stranger needs to check it, in the order in which it can be checked line by line.
//!
//! A file begins with a head: the signed checkpoint, and the tiles at the right edge of its tree. Before the events of a tile
//! stands that tile, and before the tiles of a tile above stands that one, so that each hash is known to be right before
//! anything is held against it, however long the file is. Checkpoints that were signed on the way stand where the log was as
//! long as they say. A selection has no tiles: each of its events brings its own proof of inclusion.

use super::hash::{self, Hash};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The form of the files, in their head.
pub const FORM: &str = "habilis-log/1";

/// One line: an object with one member, whose name says what the line is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileLine {
    /// The first line.
    Head(Head),
    /// A full tile.
    Tile(Tile),
    /// An event.
    Event(EventLine),
    /// An event that the log counts and that is not in the database.
    Missing {
        /// Its place.
        position: u64,
    },
    /// A checkpoint that was signed when the log was so long.
    Checkpoint {
        /// The signed note.
        note: String,
    },
}

/// The first line of a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`FORM`].
    pub form: String,
    /// The key that checks the notes, for whoever has none: it proves nothing by standing here.
    pub key: String,
    /// The signed checkpoint of the whole log that this file is of.
    pub checkpoint: String,
    /// Whether the file has the events of a selection, each with its proof, and not all of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub selection: bool,
    /// The hashes at the right edge of the tree by level, the lowest first, each level one behind the other in base64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edge: Vec<Hashes>,
}

/// A full tile of 256 hashes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// 0 for hashes of events, 1 for roots of tiles of level 0, and so on.
    pub level: u32,
    /// Its place on that level, from 0 on.
    pub index: u64,
    /// The hashes.
    pub hashes: Hashes,
}

/// An event with what stands beside it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLine {
    /// Its place in the log, from 0 on.
    pub position: u64,
    /// The entry that its leaf is the hash of, byte by byte as it stands here.
    pub entry: Box<RawValue>,
    /// The address it came from and the words that people wrote, with the salts of their commitments; not where they were
    /// erased or left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
    /// The proof of inclusion (RFC 9162, section 2.1.3), in a selection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Hashes>,
}

/// What stands beside an event, and can be erased without breaking a proof.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    /// From where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Salted>,
    /// The words, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texts: Option<Salted>,
}

/// A text with the salt of its commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salted {
    /// The text.
    pub text: String,
    /// 32 hexadecimal digits.
    pub salt: String,
}

/// Hashes one behind the other, in base64.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hashes(pub Vec<Hash>);

impl Serialize for Hashes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(self.0.as_flattened()))
    }
}

impl<'de> Deserialize<'de> for Hashes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = STANDARD.decode(text).map_err(serde::de::Error::custom)?;
        hash::apart(&bytes).map(Self).ok_or_else(|| serde::de::Error::custom("not hashes of 32 bytes each"))
    }
}
