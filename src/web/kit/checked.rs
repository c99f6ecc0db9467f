//! A checked token and a refusal of the log, told to a reader: each line as a sentence, for pages and the API.

use super::teller::Teller;
use crate::{
    base::refusal::{Fact, Refused},
    tokens::inspect::Line,
};
use serde_json::Value;
use std::collections::BTreeMap;

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

/// The sentence of a refusal that the log kept; none where it kept too little for one.
#[must_use]
pub fn logged(teller: &Teller, code: &str, facts: &BTreeMap<String, Fact>) -> Option<String> {
    let facts = variables(teller, facts.iter().map(|(name, fact)| (name.as_str(), fact)));
    teller.said(&format!("refusal-{code}"), &facts)
}

fn said<'a>(teller: &Teller, key: &str, facts: impl Iterator<Item = (&'a str, &'a Fact)>) -> String {
    teller.say(key, &variables(teller, facts))
}

/// Facts as the variables of a message.
fn variables<'a>(teller: &Teller, facts: impl Iterator<Item = (&'a str, &'a Fact)>) -> Vec<(&'a str, Value)> {
    facts
        .filter_map(|(name, fact)| {
            let value = match fact {
                Fact::Answer(_) => return None,
                Fact::Text(text) => text.as_str().into(),
                Fact::Number(number) => (*number).into(),
                Fact::Moment(at) => teller.moment(*at).into(),
                Fact::NotBefore(at) => teller.not_before(*at).into(),
            };
            Some((name, value))
        })
        .collect()
}
