//! A part of what is held about a person, asked for by its name.

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

/// There is no such part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no section `{name}`; there are {known}")]
pub struct NoSuchSection {
    pub name: String,
    /// The names there are, in one line.
    pub known: String,
}

impl Refusal for NoSuchSection {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        "no-such-section"
    }
    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        BTreeMap::from([("name", Fact::from(self.name.as_str())), ("known", Fact::from(self.known.as_str()))])
    }
}
