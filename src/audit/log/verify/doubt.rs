//! An event that is not the one that should stand there: what follows tells whether it was changed, put in, or comes too early.

use super::{
    super::{hash::Hash, tree::WIDTH},
    finding::{Finding, Wrong},
};

/// An event whose hash is not the expected one.
pub(super) struct Doubt {
    line: u64,
    position: u64,
    /// The hash that should stand there.
    expected: Option<Hash>,
    /// Where the event that was found belongs, where that is in the same tile or at the edge of the tree.
    belongs: Option<u64>,
    /// Whether its tile was not there, so that either the tile is missing or the event is one too many.
    no_tile: bool,
}

impl Doubt {
    /// `leaves` are those of its tile; `beyond` those at the right edge of the tree, with the place of the first one.
    pub(super) fn new(line: u64, position: u64, found: Hash, leaves: &[Hash], beyond: (u64, &[Hash])) -> Self {
        let first = position - position % WIDTH;
        let known = (first..).zip(leaves).chain((beyond.0..).zip(beyond.1));
        let belongs = known.into_iter().find(|(_, leaf)| **leaf == found).map(|(at, _)| at);
        let expected = (first..).zip(leaves).find(|(at, _)| *at == position).map(|(_, leaf)| *leaf);
        Self { line, position, expected, belongs, no_tile: false }
    }

    pub(super) fn without_a_tile(line: u64, position: u64) -> Self {
        Self { line, position, expected: None, belongs: None, no_tile: true }
    }

    fn wrong(&self, finding: Finding) -> Wrong {
        Wrong { line: self.line, position: Some(self.position), finding }
    }

    /// The line after it is an event with this hash.
    pub(super) fn before_an_event(self, next: Hash) -> Wrong {
        if self.no_tile {
            return self.wrong(Finding::Removed { from: self.position, until: self.position });
        }
        let caught_up = Some(next) == self.expected;
        match self.belongs {
            Some(at) if at > self.position && caught_up => self.wrong(Finding::Reordered),
            Some(at) if at > self.position => self.wrong(Finding::Removed { from: self.position, until: at }),
            // It has stood here before.
            Some(_) => self.wrong(Finding::Inserted),
            None if caught_up => self.wrong(Finding::Inserted),
            None => self.wrong(Finding::Changed),
        }
    }

    /// The line after it is the end of its tile.
    pub(super) fn before_a_tile(self) -> Wrong {
        match self.belongs {
            Some(at) if at > self.position => self.wrong(Finding::Removed { from: self.position, until: at }),
            Some(_) => self.wrong(Finding::Inserted),
            None if self.no_tile => self.wrong(Finding::Inserted),
            None => self.wrong(Finding::Changed),
        }
    }

    /// Nothing follows that could tell more.
    pub(super) fn at_the_end(self) -> Wrong {
        self.before_a_tile()
    }
}
