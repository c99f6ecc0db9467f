//! The keys that sign tokens, by algorithm and state, and their rotation.

use serde::Serialize;

use super::parts::sample_id;
use super::{FieldError, Sample, Title, View, sample_at};

/// `/keys`
#[derive(Debug, Clone, Serialize)]
pub struct Keys {
    /// Where the public keys are.
    pub jwks: String,
    /// The keys by algorithm.
    pub sets: Vec<KeySet>,
    /// Whether the reader can rotate.
    pub may_change: bool,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// The keys of one algorithm.
#[derive(Debug, Clone, Serialize)]
pub struct KeySet {
    /// What they sign: `token` or `badge`.
    pub purpose: String,
    /// `ES256`, `RS256` or `EdDSA`.
    pub algorithm: String,
    /// The warehouses that take it.
    pub used_by: Vec<String>,
    /// The keys: next, active, retiring, gone.
    pub keys: Vec<Key>,
    /// When the next rotation is due by itself, if it is.
    pub due: Option<i64>,
    /// From when on the next key can sign, where verifiers may not have seen it yet.
    pub ready: Option<i64>,
}

/// A key.
#[derive(Debug, Clone, Serialize)]
pub struct Key {
    /// Its RFC 7638 thumbprint.
    pub kid: String,
    /// `next`, `active`, `retiring` or `gone`.
    pub state: String,
    /// When it was made.
    pub made: i64,
    /// Since when it is in that state.
    pub since: i64,
    /// When it leaves that state by itself, if it does.
    pub until: Option<i64>,
    /// From when on it can sign, where it is too young now.
    pub ready: Option<i64>,
}

impl View for Keys {
    const TEMPLATE: &'static str = "keys/list";
    const NAV: &'static str = "keys";

    fn title(&self) -> Title {
        Title::of("keys-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("keys", &sample()), Sample::of("keys-empty", &sample_empty())]
}

/// Two key sets.
#[must_use]
pub fn sample() -> Keys {
    let key = |n: u8, state: &str, made: i64, since: i64, until: Option<i64>| Key {
        kid: format!(
            "{}{}",
            "NzbJLsXh8uDCcd-6MNwXF4W_7noWXFZ",
            sample_id("", n).chars().rev().take(12).collect::<String>()
        ),
        state: state.into(),
        made: sample_at(24 * made),
        since: sample_at(24 * since),
        until: until.map(sample_at),
        ready: None,
    };
    Keys {
        jwks: "https://academy.example.com/jwks.json".into(),
        sets: vec![
            KeySet {
                purpose: "token".into(),
                algorithm: "ES256".into(),
                used_by: vec!["Marketplace warehouse".into()],
                keys: vec![
                    key(1, "next", -1, -1, None),
                    key(2, "active", -31, -1, None),
                    key(3, "retiring", -121, -1, Some(2)),
                    key(4, "gone", -211, -91, None),
                ],
                due: Some(sample_at(24 * 89)),
                ready: Some(sample_at(1)),
            },
            KeySet {
                purpose: "badge".into(),
                algorithm: "RS256".into(),
                used_by: vec![],
                keys: vec![
                    key(7, "next", -31, -31, None),
                    key(8, "active", -31, -31, None),
                    key(9, "retiring", -200, -31, None),
                ],
                due: None,
                ready: None,
            },
            KeySet {
                purpose: "token".into(),
                algorithm: "RS256".into(),
                used_by: vec!["Price intelligence lake".into()],
                keys: vec![key(5, "next", -31, -31, None), key(6, "active", -62, -31, None)],
                due: None,
                ready: None,
            },
        ],
        may_change: true,
        errors: vec![],
    }
}

/// No key yet.
#[must_use]
pub fn sample_empty() -> Keys {
    Keys { sets: vec![], ..sample() }
}
