//! What stands beside the events: proved by its commitment, left by an erasure and proved by nothing, or wrong.

use super::{Leaf, Private};
use crate::{
    audit::{event::What, seal},
    base::{clock::Time, refusal::Broken},
    db::{Reading, sql, sql::row},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the words or the address beside an event are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// There is nothing, and nothing that should be there.
    Nothing,
    /// They are what the event has committed to.
    Proved,
    /// They were there before there was a log, or lost what named a person: nothing proves what is left.
    Unproved,
    /// They are not what the event has committed to, or went without an erasure.
    Wrong,
}

/// The erasures that the log tells of: when, and what stands since in the place of whoever was erased.
pub(super) struct Erasures(BTreeMap<Time, Vec<String>>);

impl Erasures {
    pub(super) fn read(r: &mut Reading<'_>) -> Result<Self, Broken> {
        row! { struct Told { at: Time, data: String } }
        let told: Vec<Told> =
            sql("SELECT at, data FROM events WHERE kind = ? ORDER BY seq").bind(&What::PersonErased).all(r)?;
        let mut erasures: BTreeMap<Time, Vec<String>> = BTreeMap::new();
        for Told { at, data } in told {
            let data: Value = serde_json::from_str(&data).unwrap_or_default();
            let pseudonym = data.get("pseudonym").and_then(Value::as_str).filter(|name| !name.is_empty());
            erasures.entry(at).or_default().extend(pseudonym.map(str::to_owned));
        }
        Ok(Self(erasures))
    }

    /// Whether somebody was erased at this very moment: an erasure writes its event in the transaction in which it takes away.
    fn took(&self, at: Option<Time>) -> bool {
        at.is_some_and(|at| self.0.contains_key(&at))
    }

    /// Whether an erasure left these words: it put a pseudonym in them, and was the last to change them or before that one.
    fn left(&self, at: Option<Time>, text: &str) -> bool {
        let Some(at) = at.filter(|at| self.0.contains_key(at)) else { return false };
        self.0.range(..=at).flat_map(|(_, pseudonyms)| pseudonyms).any(|pseudonym| text.contains(pseudonym.as_str()))
    }
}

/// What the address and the words beside an event are worth. `early` says that it stood there before the log had a key.
pub(super) fn worth(leaf: &Leaf, erasures: &Erasures, early: bool) -> [Worth; 2] {
    let Private { address_beside, address_salt, texts, texts_salt, erased_at } = &leaf.private;
    let gone = if erasures.took(*erased_at) { Worth::Nothing } else { Worth::Wrong };
    let of = |text: &Option<String>, salt: &Option<String>, promised: &Option<String>, left: bool| match (
        text, salt, promised,
    ) {
        (None, _, None) => Worth::Nothing,
        (None, _, Some(_)) => gone,
        (Some(text), Some(salt), Some(promised)) if seal::commitment(salt, text) == *promised => Worth::Proved,
        (Some(_), None, Some(_)) if left => Worth::Unproved,
        (Some(_), None, None) if early => Worth::Unproved,
        (Some(_), _, _) => Worth::Wrong,
    };
    // An address goes as a whole: none is left without its salt.
    let left = texts.as_deref().is_some_and(|text| erasures.left(*erased_at, text));
    [
        of(address_beside, address_salt, &leaf.kept.address_commitment, false),
        of(texts, texts_salt, &leaf.kept.texts_commitment, left),
    ]
}
