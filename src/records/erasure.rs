//! What is left of an erased person: a pseudonym; and how texts lose what names them.

use crate::{
    base::{
        ids::{self, Id},
        refusal::{Kind, Refusal},
        text::Email,
    },
    identity::{person::Person, rows::account_key},
};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name that stands where theirs stood: `Erased person` and the last four digits of their id.
#[must_use]
pub fn pseudonym(person: Id<ids::Person>) -> String {
    let id = person.to_string();
    format!("Erased person {}", id.get(id.len().saturating_sub(4)..).unwrap_or_default())
}

/// An address that belongs to nobody (RFC 2606, section 2) and is different for everybody.
#[must_use]
pub fn no_address(person: Id<ids::Person>) -> String {
    format!("{}@erased.invalid", person.to_string().replace("per_", "erased-"))
}

/// What names a person in texts, and what it is replaced by.
#[derive(Debug)]
pub struct Traces {
    /// Each as a pattern, the longest first.
    patterns: Vec<Regex>,
    /// A run of letters and digits of each, in lower case, by which a database finds candidates.
    pub hints: Vec<String>,
    instead: String,
}

impl Traces {
    /// The traces of a person: address, name, logins, and the key under which failed sign-ins are counted.
    #[must_use]
    pub fn of(person: &Person, logins: &[String]) -> Self {
        let email: &Email = &person.email;
        let mut words: BTreeSet<String> = logins.iter().filter(|login| login.len() > 3).cloned().collect();
        words.extend([email.to_string(), person.name.clone(), account_key(email.as_str())]);
        let mut words: Vec<String> = words.into_iter().filter(|word| !word.trim().is_empty()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let pattern = |word: &String| {
            let spaced: Vec<String> = word.split_whitespace().map(regex::escape).collect();
            // Not inside a longer word: a short name is also a part of others'.
            let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
            let (first, last) = (edge(word.chars().next()), edge(word.chars().last()));
            Regex::new(&format!("(?i){first}{}{last}", spaced.join(r"\s+"))).ok()
        };
        let hint = |word: &String| {
            let runs = word.split(|c: char| !c.is_ascii_alphanumeric());
            runs.max_by_key(|run| run.len()).unwrap_or_default().to_ascii_lowercase()
        };
        Self {
            hints: words.iter().map(hint).collect(),
            patterns: words.iter().filter_map(pattern).collect(),
            instead: pseudonym(person.id),
        }
    }

    /// A text without them; nothing where there are none in it.
    #[must_use]
    pub fn gone_from(&self, text: &str) -> Option<String> {
        let clean = self.patterns.iter().fold(text.to_owned(), |text, pattern| {
            pattern.replace_all(&text, regex::NoExpand(&self.instead)).into_owned()
        });
        (clean != text).then_some(clean)
    }

    /// A JSON object's texts without them; nothing where there are none in it.
    #[must_use]
    pub fn gone_from_json(&self, text: &str) -> Option<String> {
        let Ok(mut value) = serde_json::from_str::<Value>(text) else { return self.gone_from(text) };
        self.walk(&mut value).then(|| value.to_string())
    }

    fn walk(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => match self.gone_from(text) {
                Some(clean) => {
                    *text = clean;
                    true
                }
                None => false,
            },
            Value::Array(parts) => parts.iter_mut().filter_map(|part| self.walk(part).then_some(())).count() > 0,
            Value::Object(fields) => fields.values_mut().filter_map(|part| self.walk(part).then_some(())).count() > 0,
            _ => false,
        }
    }
}

/// An answer without what was typed: choices, judgements and numbers stay, words go. `tokens` are the form's own names.
#[must_use]
pub fn without_words(answer: &Value, tokens: &BTreeSet<String>) -> Value {
    match answer {
        Value::String(text) if tokens.contains(text) || text.parse::<f64>().is_ok() => answer.clone(),
        Value::String(_) => Value::String(String::new()),
        Value::Array(parts) => parts.iter().map(|part| without_words(part, tokens)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, part)| (name.clone(), without_words(part, tokens))).collect()
        }
        other => other.clone(),
    }
}

/// Why a person is not erased.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ErasureRefusal {
    /// They can still act.
    #[error("shut this person out first")]
    NotShutOut,
    /// The address that was typed is not theirs.
    #[error("the address that was typed to confirm is not this person's")]
    NotConfirmed,
    /// They were erased before.
    #[error("this person is erased")]
    Erased,
}

impl Refusal for ErasureRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NotConfirmed => Kind::Invalid,
            Self::NotShutOut | Self::Erased => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotShutOut => "erasure-not-shut-out",
            Self::NotConfirmed => "erasure-not-confirmed",
            Self::Erased => "person-erased",
        }
    }
}
