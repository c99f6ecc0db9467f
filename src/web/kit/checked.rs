//! A checked token, told to a reader: each line as a sentence, for pages and the API.

use super::teller::Teller;
use crate::{
    base::refusal::{Fact, Refused},
    tokens::inspect::Line,
};
use serde_json::Value;

/// The sentence of a line: why, and what to do.
#[must_use]
pub fn sentence(teller: &Teller, line: &Line) -> String {
    said(teller, &format!("check-{}", line.code), line.facts.iter().map(|(name, fact)| (*name, fact)))
}

/// The sentence of a refusal.
#[must_use]
pub fn refusal(teller: &Teller, refused: &Refused) -> String {
    said(teller, &format!("refusal-{}", refused.code), refused.facts.iter().map(|(name, fact)| (*name, fact)))
}

fn said<'a>(teller: &Teller, key: &str, facts: impl Iterator<Item = (&'static str, &'a Fact)>) -> String {
    let facts: Vec<(&str, Value)> = facts
        .map(|(name, fact)| {
            let value = match fact {
                Fact::Text(text) => text.as_str().into(),
                Fact::Number(number) => (*number).into(),
                Fact::Moment(at) => teller.moment(*at).into(),
            };
            (name, value)
        })
        .collect();
    teller.say(key, &facts)
}
