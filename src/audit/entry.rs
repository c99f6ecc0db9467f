//! A line of the log that is to be written, and who did what it tells.

use super::{event::What, facts};
use crate::base::{
    ids::{Id, Kind as IdKind, Person},
    refusal::Refused,
    text::Slug,
};
use serde_json::{Value, json};

/// Who did it, in the log's words: a person's id, or `system:…`, `operator:…`, `directory:…`, `receiver:…`, `anonymous`; and
/// from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The word for the actor.
    pub actor: String,
    /// The network address it came from; empty inside the service.
    pub address: String,
}

/// A line that is to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) what: What,
    pub(super) person: Option<Id<Person>>,
    pub(super) role: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) data: Value,
    pub(super) texts: serde_json::Map<String, Value>,
}

impl Entry {
    /// A line about nothing in particular yet.
    #[must_use]
    pub fn new(what: What) -> Self {
        Self { what, person: None, role: None, subject: None, data: json!({}), texts: serde_json::Map::new() }
    }

    /// The person whom it concerns (who need not be who did it).
    #[must_use]
    pub fn person(mut self, person: Id<Person>) -> Self {
        self.person = Some(person);
        self
    }

    /// The role that it concerns.
    #[must_use]
    pub fn role(mut self, role: &Slug) -> Self {
        self.role = Some(role.to_string());
        self
    }

    /// The thing that it concerns, by id.
    #[must_use]
    pub fn subject<K: IdKind>(mut self, id: Id<K>) -> Self {
        self.subject = Some(id.to_string());
        self
    }

    /// The thing that it concerns, by another name.
    #[must_use]
    pub fn about(mut self, name: impl Into<String>) -> Self {
        self.subject = Some(name.into());
        self
    }

    /// What else is worth keeping: codes, ids, instants and figures; never a secret, an answer, a key, or words about people.
    #[must_use]
    pub fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// Words that people wrote, and what names or describes a person: kept beside the log, where they can be erased, while
    /// the log keeps a commitment of them. They are read back among the data.
    #[must_use]
    pub fn texts(mut self, texts: Value) -> Self {
        if let Value::Object(texts) = texts {
            self.texts.extend(texts.into_iter().filter(|(_, text)| !text.is_null()));
        }
        self
    }

    /// The line of a refusal, with what was tried and why it was refused.
    #[must_use]
    pub fn refused(tried: &str, refused: &Refused) -> Self {
        let (known, told) = facts::keep(&refused.facts);
        let mut data = json!({
            "tried": tried,
            "code": refused.code,
            "missing": refused.missing.iter().map(|m| json!({"kind": m.kind, "id": m.id})).collect::<Vec<_>>(),
        });
        let mut texts = json!({ "sentence": refused.sentence });
        for (place, name, facts) in [(&mut data, facts::IN_LINE, known), (&mut texts, facts::BESIDE, told)] {
            if let (Some(place), false) = (place.as_object_mut(), facts.is_empty()) {
                place.insert(name.to_owned(), Value::Object(facts));
            }
        }
        Self::new(What::Refused).data(data).texts(texts)
    }
}
