//! How the house says no: a refusal is an outcome with a stable code and facts, a broken thing is not.

use super::clock::Time;
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

/// The family of a refusal; a face turns it into its own status or exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What was sent makes no sense.
    Invalid,
    /// More was sent than is taken.
    TooLarge,
    /// Nobody is signed in.
    Unauthenticated,
    /// Somebody is, and may not.
    Forbidden,
    /// There is no such thing, or none that this person may know of.
    NotFound,
    /// The world has moved on since.
    Conflict,
    /// It was there, and its time is over.
    Gone,
    /// Too often.
    TooMany,
    /// Not now.
    Unavailable,
}

/// One value that a refusal's sentence names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// A word or a name.
    Text(String),
    /// A count or seconds.
    Number(i64),
    /// An instant.
    Moment(Time),
    /// The first instant at which something is possible: people read it rounded up, so that nobody comes too early.
    NotBefore(Time),
    /// An answer to a question, for whoever asks and for nobody else: in no sentence, and in no log.
    Answer(serde_json::Value),
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<Time> for Fact {
    fn from(time: Time) -> Self {
        Self::Moment(time)
    }
}

/// One thing that stands between a person and what they asked for, and where to get it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// `certification`, `grant`, `module`, `exam`, `lock` or `account`.
    pub kind: &'static str,
    /// The slug or id of the thing.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// The page that leads there.
    pub href: String,
}

/// What a feature's refusal enum offers; the enum's `Display` is the English sentence for logs.
pub trait Refusal: fmt::Display + fmt::Debug {
    /// The family.
    fn kind(&self) -> Kind;
    /// A stable code of lower-case words joined by hyphens; the catalogue holds its sentence as `refusal-<code>`.
    fn code(&self) -> &'static str;
    /// The values that the sentence names.
    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        BTreeMap::new()
    }
    /// What is missing, where that is the reason.
    fn missing(&self) -> Vec<Missing> {
        Vec::new()
    }
}

/// A refusal on its way to a face.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The family.
    pub kind: Kind,
    /// The stable code.
    pub code: &'static str,
    /// The values that the sentence names.
    pub facts: BTreeMap<&'static str, Fact>,
    /// What is missing.
    pub missing: Vec<Missing>,
    /// The English sentence, for logs and events.
    pub sentence: String,
}

impl<R: Refusal> From<R> for Refused {
    fn from(refusal: R) -> Self {
        Self {
            kind: refusal.kind(),
            code: refusal.code(),
            facts: refusal.facts(),
            missing: refusal.missing(),
            sentence: refusal.to_string(),
        }
    }
}

/// Something that should have worked and did not.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A part we need is away for now; trying again later makes sense.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A defect, or a state of the data that should not be.
    #[error("{0:#}")]
    Defect(anyhow::Error),
}

impl Broken {
    /// A defect described in words.
    pub fn defect(what: impl fmt::Display) -> Self {
        Self::Defect(anyhow::anyhow!("{what}"))
    }
}

/// Why there is no answer: refused (an outcome), or broken (an accident).
#[derive(Debug)]
pub enum Fault {
    /// An outcome: committed with its event.
    Refused(Box<Refused>),
    /// An accident: rolled back.
    Broken(Broken),
}

impl<R: Refusal> From<R> for Fault {
    fn from(refusal: R) -> Self {
        Self::Refused(Box::new(refusal.into()))
    }
}
impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::Refused(Box::new(refused))
    }
}
impl From<Broken> for Fault {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => write!(f, "{} ({})", refused.sentence, refused.code),
            Self::Broken(broken) => fmt::Display::fmt(broken, f),
        }
    }
}
