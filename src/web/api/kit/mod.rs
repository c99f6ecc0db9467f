//! What the API's handlers are made with: endpoints that document themselves, bodies, queries, answers, pages, CSV, keys.

mod answer;
mod body;
pub(super) mod csv;
mod endpoint;
mod once;
mod query;

pub(super) use answer::{Answer, created, nothing, page, shown, told};
pub(super) use body::Body;
pub(super) use endpoint::{Endpoint, Group, delete, get, post, put};
pub(super) use once::Asked;
pub(super) use query::{Key, Pages, Query};

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

/// Why what was sent is not taken.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Unfit {
    /// The body, the query or a header does not read; the field is named where one is to blame. `what` chooses the sentence
    /// that people read; `why` is for who writes the call: the reader's own words, or what a field takes.
    #[error("what was sent can not be read: {why}")]
    Unreadable { field: Option<String>, what: &'static str, why: String },
    /// A cursor of another list, or of nobody.
    #[error("this cursor was not given by the list that it is used on")]
    CursorForeign,
    /// The path is there, the method is not.
    #[error("this address does not take the method {method}")]
    NoSuchMethod { method: String, allow: String },
}

impl Unfit {
    /// A field with another value than it takes: `takes` is written in signs that need no translation, as `json | csv`.
    pub(super) fn field(field: &str, takes: impl Into<String>) -> Self {
        Self::Unreadable { field: Some(field.to_owned()), what: "takes", why: takes.into() }
    }

    /// What the reader said of a field, or of the whole.
    fn read(field: Option<String>, why: String) -> Self {
        let what = match &field {
            None => "form",
            Some(_) if why.contains("missing field `") => "missing",
            Some(_) if why.contains("unknown field `") => "unknown",
            Some(_) if why.contains("duplicate field `") => "twice",
            Some(_) => "field",
        };
        Self::Unreadable { field, what, why }
    }
}

impl Refusal for Unfit {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchMethod { .. } => Kind::NotFound,
            Self::Unreadable { .. } | Self::CursorForeign => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "body-unreadable",
            Self::CursorForeign => "cursor-foreign",
            Self::NoSuchMethod { .. } => "no-such-method",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Unreadable { field, what, why } => {
                let mut facts = BTreeMap::from([("why", Fact::from(why.as_str())), ("what", Fact::from(*what))]);
                facts.extend(field.as_ref().map(|field| ("field", Fact::from(field.as_str()))));
                facts
            }
            Self::NoSuchMethod { method, allow } => {
                BTreeMap::from([("method", Fact::from(method.as_str())), ("allow", Fact::from(allow.as_str()))])
            }
            Self::CursorForeign => BTreeMap::new(),
        }
    }
}

/// The field to blame for `wrong`: the first one without which reading ends differently. `read` reads again with only the
/// fields whose name it is told to keep.
fn culprit<'a>(
    fields: impl IntoIterator<Item = &'a str>,
    wrong: &str,
    read: impl Fn(&dyn Fn(&str) -> bool) -> Result<(), String>,
) -> Option<String> {
    // serde names what is missing, unknown or there twice in the message itself.
    if let Some((_, rest)) = wrong.split_once(" field `") {
        return rest.split('`').next().map(str::to_owned);
    }
    fields
        .into_iter()
        .take(64)
        .find(|field| read(&|name: &str| name != *field).err().as_deref() != Some(wrong))
        .map(str::to_owned)
}
