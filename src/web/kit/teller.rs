//! `Teller`: sentences, lists and instants in one reader's language and zone, for handlers that compose them.

use super::{
    caller::Caller,
    desk::Desk,
    failure::Failure,
    render::{Clockwork, Grain},
    words::{Words, variable},
};
use crate::base::{clock::Time, text::Language};
use fluent_bundle::FluentArgs;
use serde_json::Value;
use std::sync::Arc;

/// Tells things to one reader.
#[derive(Clone)]
pub struct Teller {
    words: Arc<Words>,
    pub language: Language,
    pub zone: String,
    pub now: Time,
}

impl Teller {
    /// The teller for a caller.
    ///
    /// # Errors
    /// A message file was broken while the service runs.
    pub fn of(desk: &Desk, caller: &Caller) -> Result<Self, Failure> {
        Ok(Self { words: desk.words()?, language: caller.language, zone: caller.zone.clone(), now: desk.app.now() })
    }

    /// A message with its variables; its key where it can't be said, so that a page never fails over a sentence.
    #[must_use]
    pub fn say(&self, key: &str, variables: &[(&str, Value)]) -> String {
        self.said(key, variables).unwrap_or_else(|| {
            tracing::error!(key, "a message can not be said");
            key.to_owned()
        })
    }

    /// A message with its variables, if it can be said.
    #[must_use]
    pub fn said(&self, key: &str, variables: &[(&str, Value)]) -> Option<String> {
        let mut args = FluentArgs::new();
        for (name, value) in variables {
            args.set((*name).to_owned(), variable(value));
        }
        self.words.say(self.language.tag(), key, &args).ok()
    }

    /// A message without variables.
    #[must_use]
    pub fn plain(&self, key: &str) -> String {
        self.words.plain(self.language.tag(), key)
    }

    /// Several things as "a, b and c".
    #[must_use]
    pub fn all_of(&self, things: &[String]) -> String {
        self.listed("list-and", things)
    }

    /// Several things as "a, b or c".
    #[must_use]
    pub fn any_of(&self, things: &[String]) -> String {
        self.listed("list-or", things)
    }

    fn listed(&self, key: &str, things: &[String]) -> String {
        match things {
            [] => String::new(),
            [only] => only.clone(),
            [rest @ .., last] => self.say(key, &[("rest", rest.join(", ").into()), ("last", last.as_str().into())]),
        }
    }

    /// A thing in quotation marks.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        self.say("quoted", &[("text", text.into())])
    }

    /// 13 Mar 2027
    #[must_use]
    pub fn day(&self, at: Time) -> String {
        self.clock().absolute(at.micros(), Grain::Day)
    }

    /// 13 Mar 2027, 09:30
    #[must_use]
    pub fn moment(&self, at: Time) -> String {
        self.clock().absolute(at.micros(), Grain::Minute)
    }

    /// The minute from which something is possible: 13 Mar 2027, 09:31 for half past nine and a second.
    #[must_use]
    pub fn not_before(&self, at: Time) -> String {
        self.clock().not_before(at.micros(), Grain::Minute)
    }

    fn clock(&self) -> Clockwork<'_> {
        Clockwork { words: &self.words, lang: self.language.tag(), zone: &self.zone, now: self.now.micros() }
    }
}
