//! Checking a token as a warehouse would: each part of it with a verdict, and why. Nothing here keeps or prints the token.

mod claims;
mod header;
mod parts;

use super::rows::{KeyRow, KeyState, Purpose};
use crate::{
    access::catalogue::{Looks, Role, Signing, Warehouse},
    base::{clock::Time, refusal::Fact},
};
use serde_json::{Map, Value};

/// The most bytes that are looked at: servers take no longer header (RFC 9110 leaves the limit to them).
pub const MOST: usize = 16 * 1024;
/// The most letters of a value that are shown.
const SHOWN: usize = 160;

/// What a warehouse would say of a part of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is as it should be.
    Accepted,
    /// Because of it the token opens nothing.
    Refused,
    /// The warehouse does not look at it, or its vendor does not say that it does.
    Unchecked,
}

impl Verdict {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unchecked => "unchecked",
        }
    }
}

/// One part of the token.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// `structure`, `signature`, `role`, or the name of a header or a claim.
    pub part: &'static str,
    pub verdict: Verdict,
    /// Why: the message is `check-<code>`, what to do about it `check-<code>-do`.
    pub code: &'static str,
    pub facts: Vec<(&'static str, Fact)>,
    /// What the token says there, shortened.
    pub value: Option<String>,
}

impl Line {
    fn new(part: &'static str, verdict: Verdict, code: &'static str) -> Self {
        Self { part, verdict, code, facts: Vec::new(), value: None }
    }
    fn accepted(part: &'static str, code: &'static str) -> Self {
        Self::new(part, Verdict::Accepted, code)
    }
    fn refused(part: &'static str, code: &'static str) -> Self {
        Self::new(part, Verdict::Refused, code)
    }
    fn unchecked(part: &'static str, code: &'static str) -> Self {
        Self::new(part, Verdict::Unchecked, code)
    }
    fn fact(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }
    fn told(mut self, value: &Value) -> Self {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.value = Some(shortened(&text));
        self
    }
}

/// A text that can be shown: short, and without what is not a letter of any script.
fn shortened(text: &str) -> String {
    let mut out: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// A public key of the house.
#[derive(Clone, Debug)]
pub struct Known {
    pub kid: String,
    pub signing: Signing,
    pub state: KeyState,
    pub purpose: Purpose,
    jwk: String,
}

impl From<KeyRow> for Known {
    fn from(row: KeyRow) -> Self {
        Self { kid: row.kid, signing: row.algorithm, state: row.state, purpose: row.purpose, jwk: row.public_jwk }
    }
}

/// A warehouse that is set up as our page says.
pub struct Verifier<'a> {
    pub issuer: &'a str,
    pub warehouse: &'a Warehouse,
    pub roles: Vec<&'a Role>,
    pub keys: &'a [Known],
    pub now: Time,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    pub lines: Vec<Line>,
    /// Whether one of the house's keys of tokens has signed it: only then is what it says true.
    pub ours: bool,
    /// Its id as it says.
    pub jti: Option<String>,
}

impl Inspection {
    /// The verdict over all.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let refused = self.lines.iter().any(|line| line.verdict == Verdict::Refused);
        if refused { Verdict::Refused } else { Verdict::Accepted }
    }
}

/// Checks a token against a warehouse.
#[must_use]
pub fn inspect(text: &str, by: &Verifier<'_>) -> Inspection {
    let parsed = match parts::parse(text) {
        Ok(parsed) => parsed,
        Err(line) => return Inspection { lines: vec![line], ours: false, jti: None },
    };
    let mut lines = vec![Line::accepted("structure", "structure-ok")];
    let ours = header::check(&parsed, by, &mut lines);
    claims::check(&parsed.claims, by, &mut lines);
    let jti = parsed.claims.get("jti").and_then(Value::as_str).map(str::to_owned);
    Inspection { lines, ours, jti }
}

/// A token in its parts.
struct Parsed<'a> {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    /// What the signature is over.
    signed: &'a str,
    signature: &'a str,
}

/// The line for a part that is not looked at, or of which the vendor does not say whether it is.
fn unseen(part: &'static str, looks: Looks, value: Option<&Value>) -> Option<Line> {
    let code = match looks {
        Looks::No => "unread",
        Looks::Untold => "untold",
        Looks::Needs | Looks::IfThere => return None,
    };
    let line = Line::unchecked(part, code).fact("part", part);
    Some(match value {
        Some(value) => line.told(value),
        None => line,
    })
}

#[cfg(test)]
mod tests;
