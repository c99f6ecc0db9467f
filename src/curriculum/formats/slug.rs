//! Ids made of titles: stable, readable, each only once.

use crate::base::text::{Slug, folded};
use std::collections::{BTreeMap, BTreeSet};

/// The longest id that is made; a number may still come behind it.
const LONGEST: usize = 52;

/// A text as a slug; empty where no letter or digit of it is plain.
#[must_use]
pub fn slug(text: &str) -> String {
    let head: String = text.chars().take(400).collect();
    let mut out = String::new();
    for c in folded(&head).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= LONGEST {
            // Not in the midst of a word, where that leaves enough.
            if let Some(end) = out.rfind('-').filter(|end| *end > LONGEST / 2) {
                out.truncate(end);
            }
            break;
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// The ids that are taken.
#[derive(Debug, Default)]
pub struct Ids {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Begins with ids that others have.
    #[must_use]
    pub fn new(taken: BTreeSet<String>) -> Self {
        Self { taken, next: BTreeMap::new() }
    }

    /// An id for a question: what it is called, else what it asks, else its number; a number behind it makes it unique.
    pub fn give(&mut self, names: &[&str], number: usize) -> String {
        let exact = names.first().filter(|name| name.parse::<Slug>().is_ok()).map(|name| (*name).to_owned());
        let made = names.iter().map(|name| slug(name)).find(|slug| !slug.is_empty());
        let base = exact.or(made).unwrap_or_else(|| format!("q-{number}"));
        if self.taken.insert(base.clone()) {
            return base;
        }
        let short: String = base.chars().take(LONGEST).collect();
        let short = short.trim_end_matches('-').to_owned();
        let next = self.next.entry(short.clone()).or_insert(2);
        loop {
            super::effort::spend(1);
            let id = format!("{short}-{next}");
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_and_unique() {
        let mut ids = Ids::new(BTreeSet::from(["q1".to_owned()]));
        assert_eq!(ids.give(&["Q1"], 1), "q1-2");
        assert_eq!(ids.give(&["Q1"], 2), "q1-3");
        assert_eq!(ids.give(&["", "¿En qué supuestos?"], 3), "en-que-supuestos");
        assert_eq!(ids.give(&["日本"], 4), "q-4");
        assert_eq!(ids.give(&["2024"], 5), "2024");
        for _ in 0..50 {
            assert!(ids.give(&[&"word ".repeat(40)], 6).parse::<Slug>().is_ok());
        }
        assert_eq!(ids.give(&["q-kept--as-is-"], 7), "q-kept--as-is-");
    }
}
