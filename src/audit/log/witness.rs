//! What this process has seen signed of the log: whoever takes the database back while it runs, and lets it go on differently,
//! is found out by that.

use super::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// The longest tree that was signed here.
#[derive(Debug, Default)]
pub struct Witness(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    last: Option<(u64, Hash)>,
    /// What was complained of last, so that it is not told at every try.
    told: Option<String>,
}

impl Witness {
    /// How many events the log had when it was signed here last, and the root of the tree over them.
    #[must_use]
    pub fn last(&self) -> Option<(u64, Hash)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).last
    }

    /// Remembers what was signed, and is committed. What others were quicker to remember stays.
    pub fn remember(&self, size: u64, root: Hash) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.told = None;
        if seen.last.is_none_or(|(known, _)| known < size) {
            seen.last = Some((size, root));
        }
    }

    /// Whether this is to be told: it is something else than what was told last.
    #[must_use]
    pub fn is_news(&self, why: &str) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let news = seen.told.as_deref() != Some(why);
        if news {
            seen.told = Some(why.to_owned());
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_tree_is_remembered_and_what_lasts_is_told_once() {
        let witness = Witness::default();
        assert_eq!(witness.last(), None);
        witness.remember(7, [7; 32]);
        witness.remember(5, [5; 32]);
        assert_eq!(witness.last(), Some((7, [7; 32])));
        assert!(witness.is_news("a") && !witness.is_news("a") && witness.is_news("b"));
        witness.remember(8, [8; 32]);
        assert!(witness.is_news("b"), "it was well in between");
    }
}
