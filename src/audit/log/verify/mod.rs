//! Checking an exported log, line by line, with nothing but the file and the key: the first line that is wrong is named.

mod doubt;
mod finding;
#[cfg(test)]
mod tests;

pub use finding::{At, Finding, Verdict, Wrong};

use super::{
    LATE_SECONDS,
    file::{EventLine, FORM, FileLine, Head, Tile},
    hash::{self, Hash},
    note::{self, Checkpoint, VerifierKey},
    proof,
    tree::{Edge, WIDTH},
};
use crate::{audit::seal, base::clock::Time};
use doubt::Doubt;
use serde_json::Value;
use std::collections::BTreeMap;

/// A check that is under way. Lines are given one after the other; memory holds one tile a level and no more.
pub struct Check {
    keys: Vec<VerifierKey>,
    /// Checkpoints from elsewhere, by size: what the log must have been when it was so long.
    known: BTreeMap<u64, Vec<Checkpoint>>,
    line: u64,
    head: Option<Checkpoint>,
    selection: bool,
    /// The right edge of the whole tree, from the head.
    edge: Vec<Vec<Hash>>,
    /// Whether the head's tiles have the root that was signed. Where they have not, only checkpoints on the way can say where
    /// the log was changed.
    trusted: bool,
    /// The full tile of each level that is being gone through, with its index.
    tiles: Vec<Option<(u64, Vec<Hash>)>>,
    /// The tree over the events so far.
    grown: Edge,
    /// The last line and size at which a signed checkpoint agreed with the events so far.
    agreed: (u64, u64),
    doubt: Option<Doubt>,
    /// The last position of a selection.
    last: Option<u64>,
    /// The latest instant of the events so far.
    latest: Option<Time>,
    verdict: Verdict,
}

impl Check {
    /// A check against these keys, and against checkpoints that were kept elsewhere.
    #[must_use]
    pub fn new(keys: Vec<VerifierKey>, known: Vec<Checkpoint>) -> Self {
        let mut by_size: BTreeMap<u64, Vec<Checkpoint>> = BTreeMap::new();
        for checkpoint in known {
            by_size.entry(checkpoint.size).or_default().push(checkpoint);
        }
        Self {
            keys,
            known: by_size,
            line: 0,
            head: None,
            selection: false,
            edge: Vec::new(),
            trusted: true,
            tiles: Vec::new(),
            grown: Edge::default(),
            agreed: (1, 0),
            doubt: None,
            last: None,
            latest: None,
            verdict: Verdict::default(),
        }
    }

    /// How many events were found right so far, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.verdict.events, self.head.as_ref().map_or(0, |head| head.size))
    }

    /// Takes the next line, without its end.
    ///
    /// # Errors
    /// The line, or one before it, is wrong.
    pub fn line(&mut self, text: &[u8]) -> Result<(), Wrong> {
        self.line += 1;
        if self.head.is_none() {
            return match serde_json::from_slice(text) {
                Ok(FileLine::Head(head)) => self.head(&head),
                Ok(_) => Err(self.wrong(Finding::NoHead)),
                Err(error) => Err(self.wrong(Finding::Unreadable { why: error.to_string() })),
            };
        }
        match serde_json::from_slice(text) {
            Ok(FileLine::Event(event)) => self.event(&event),
            Ok(FileLine::Tile(tile)) => self.tile(tile),
            Ok(FileLine::Checkpoint { note }) => self.checkpoint(&note),
            Ok(FileLine::Missing { position }) => self.missing(position),
            Ok(FileLine::Head(_)) => Err(self.settled(Finding::Inserted)),
            Err(error) => Err(self.settled(Finding::Unreadable { why: error.to_string() })),
        }
    }

    /// Says what the whole file is worth, once it has no more lines. `whole` says whether its last line had an end.
    ///
    /// # Errors
    /// Something is missing at the end, or the last line is wrong.
    pub fn end(mut self, whole: bool) -> Result<Verdict, Wrong> {
        let Some(head) = self.head.clone() else { return Err(self.wrong(Finding::NoHead)) };
        if let Some(doubt) = self.doubt.take() {
            return Err(doubt.at_the_end());
        }
        if !self.selection && self.grown.size() < head.size {
            return Err(self.after(Finding::CutOff { has: self.grown.size(), of: head.size }));
        }
        if !whole {
            return Err(self.wrong(Finding::HalfALine));
        }
        // The events are those that were signed: it is the head's tiles that are not.
        if !self.trusted && self.grown.root() == head.root {
            return Err(Wrong { line: 1, position: None, finding: Finding::Changed });
        }
        if !self.trusted {
            return Err(self.after(Finding::ChangedSince { line: self.agreed.0, size: self.agreed.1 }));
        }
        if let Some((size, _)) = self.known.range(head.size + 1..).next_back() {
            return Err(self.after(Finding::CutOff { has: head.size, of: *size }));
        }
        self.verdict.size = head.size;
        self.verdict.selection = self.selection;
        self.verdict.origin = head.origin;
        Ok(self.verdict)
    }

    fn wrong(&self, finding: Finding) -> Wrong {
        Wrong { line: self.line.max(1), position: None, finding }
    }

    /// What is missing after the last line.
    fn after(&self, finding: Finding) -> Wrong {
        Wrong { line: self.line + 1, position: None, finding }
    }

    /// A finding about this line, unless an event before it is in doubt.
    fn settled(&mut self, finding: Finding) -> Wrong {
        self.doubt.take().map_or_else(|| self.wrong(finding), Doubt::at_the_end)
    }

    fn head(&mut self, head: &Head) -> Result<(), Wrong> {
        if head.form != FORM {
            return Err(self.wrong(Finding::OtherForm { form: head.form.clone() }));
        }
        let opened = note::open(&head.checkpoint, &self.keys);
        let checkpoint = opened.map_err(|refusal| self.wrong(Finding::Note(refusal)))?;
        self.selection = head.selection;
        if !head.selection {
            let levels: Vec<Vec<Hash>> = head.edge.iter().map(|hashes| hashes.0.clone()).collect();
            let edge = Edge::of(checkpoint.size, levels);
            // An edge that does not fit says nothing: the events are held against the checkpoints alone.
            self.trusted = edge.as_ref().is_some_and(|edge| edge.root() == checkpoint.root);
            self.edge = edge.filter(|_| self.trusted).map(|edge| edge.levels().to_vec()).unwrap_or_default();
        }
        let met = if head.selection { self.met_by(checkpoint.size, checkpoint.root) } else { Ok(()) };
        self.head = Some(checkpoint);
        met
    }

    /// Holds the tree over the events so far against what is known from elsewhere.
    fn against_known(&mut self) -> Result<(), Wrong> {
        // A root costs hashes: it is computed where something is held against it.
        if !self.known.contains_key(&self.grown.size()) {
            return Ok(());
        }
        self.met_by(self.grown.size(), self.grown.root())
    }

    /// Holds a tree of this size against what is known of it from elsewhere. That of a selection is the head's: its events alone
    /// make none.
    fn met_by(&mut self, size: u64, root: Hash) -> Result<(), Wrong> {
        let Some(known) = self.known.get(&size) else { return Ok(()) };
        if known.iter().all(|checkpoint| checkpoint.root == root) {
            self.agreed = (self.line, size);
            self.verdict.outside += known.len() as u64;
            return Ok(());
        }
        let (line, agreed) = self.agreed;
        Err(self.wrong(Finding::Rewritten { size, line, agreed }))
    }

    fn tile(&mut self, tile: Tile) -> Result<(), Wrong> {
        // No log has more levels; what a hostile file says must not cost memory.
        if self.selection || tile.level >= LEVELS || tile.hashes.0.len() as u64 != WIDTH {
            return Err(self.settled(Finding::Inserted));
        }
        let expected = self.grown.size();
        let first = tile.index.checked_mul(span(tile.level + 1));
        if let Some(doubt) = self.doubt.take() {
            return Err(doubt.before_a_tile());
        }
        match first {
            Some(first) if first == expected => {}
            Some(first) if first > expected => {
                return Err(self.wrong(Finding::Removed { from: expected, until: first }));
            }
            _ => return Err(self.wrong(Finding::Inserted)),
        }
        if self.trusted {
            let above = self.hashes_of(tile.level + 1, tile.index / WIDTH);
            let known = above.and_then(|hashes| hashes.get(place_in(tile.index)).copied());
            if known.is_none() {
                // The tile above it is not there.
                return Err(self.wrong(Finding::Removed { from: expected, until: expected }));
            }
            if known != Some(hash::root(&tile.hashes.0)) {
                return Err(self.wrong(Finding::Changed));
            }
        }
        let at = tile.level as usize;
        if self.tiles.len() <= at {
            self.tiles.resize(at + 1, None);
        }
        if let Some(place) = self.tiles.get_mut(at) {
            *place = Some((tile.index, tile.hashes.0));
        }
        Ok(())
    }

    /// The hashes of a tile that are known to be right: of one that was read, or of the one at the edge.
    fn hashes_of(&self, level: u32, index: u64) -> Option<&Vec<Hash>> {
        let read = self.tiles.get(level as usize).and_then(Option::as_ref);
        if let Some((_, hashes)) = read.filter(|(at, _)| *at == index) {
            return Some(hashes);
        }
        let size = self.head.as_ref().map(|head| head.size)?;
        let at_edge = super::tree::edge_place(size, level).1 == index;
        self.edge.get(level as usize).filter(|_| at_edge)
    }

    fn event(&mut self, event: &EventLine) -> Result<(), Wrong> {
        let found = hash::leaf(event.entry.get().as_bytes());
        if self.selection {
            return self.selected(event, found);
        }
        let expected = self.grown.size();
        if let Some(doubt) = self.doubt.take() {
            return Err(doubt.before_an_event(found));
        }
        let size = self.head.as_ref().map_or(0, |head| head.size);
        if expected >= size {
            return Err(self.wrong(Finding::Inserted));
        }
        if self.trusted {
            let Some(leaves) = self.hashes_of(0, expected / WIDTH) else {
                self.doubt = Some(Doubt::without_a_tile(self.line, expected));
                return Ok(());
            };
            let at = place_in(expected);
            if leaves.get(at) != Some(&found) {
                // The next line tells what happened to this one.
                let at_edge = self.edge.first().map(Vec::as_slice).unwrap_or_default();
                let beyond = (size - size % WIDTH, at_edge);
                self.doubt = Some(Doubt::new(self.line, expected, found, leaves, beyond));
                return Ok(());
            }
        }
        if event.position != expected {
            return Err(self.about(expected, Finding::Changed));
        }
        self.beside(event, expected)?;
        self.grown.push(found);
        self.verdict.events += 1;
        self.against_known()
    }

    fn about(&self, position: u64, finding: Finding) -> Wrong {
        Wrong { line: self.line, position: Some(position), finding }
    }

    fn selected(&mut self, event: &EventLine, found: Hash) -> Result<(), Wrong> {
        let Some(head) = self.head.clone() else { return Err(self.wrong(Finding::NoHead)) };
        let path = event.proof.as_ref().map(|hashes| hashes.0.as_slice()).unwrap_or_default();
        if !proof::includes(found, event.position, head.size, &head.root, path) {
            return Err(self.about(event.position, Finding::Changed));
        }
        if self.last.is_some_and(|last| event.position == last) {
            return Err(self.about(event.position, Finding::Inserted));
        }
        if self.last.is_some_and(|last| event.position < last) {
            return Err(self.about(event.position, Finding::Reordered));
        }
        self.last = Some(event.position);
        self.beside(event, event.position)?;
        self.verdict.events += 1;
        Ok(())
    }

    /// Holds what stands beside an event against the commitments in its entry.
    fn beside(&mut self, event: &EventLine, position: u64) -> Result<(), Wrong> {
        let entry: Value = serde_json::from_str(event.entry.get())
            .map_err(|error| self.about(position, Finding::Unreadable { why: error.to_string() }))?;
        self.dated(&entry, position);
        let beside = event.beside.clone().unwrap_or_default();
        let mut gone = false;
        for (name, kept) in [("address_commitment", beside.address), ("texts_commitment", beside.texts)] {
            let committed = entry.get(name).and_then(Value::as_str);
            match (kept, committed) {
                (Some(kept), Some(committed)) if seal::commitment(&kept.salt, &kept.text) == committed => {}
                (Some(_), _) => return Err(self.about(position, Finding::WordsChanged)),
                (None, Some(_)) => gone = true,
                (None, None) => {}
            }
        }
        self.verdict.without_words += u64::from(gone);
        Ok(())
    }

    /// Counts an event that says that it is older than what stands before it: it is as it was signed, and was signed later than that.
    fn dated(&mut self, entry: &Value, position: u64) {
        let Some(at) = entry.get("at").and_then(Value::as_str).and_then(|at| Time::parse(at).ok()) else { return };
        if self.latest.is_some_and(|latest| latest.micros_since(at) > LATE_SECONDS * 1_000_000) {
            self.verdict.out_of_time += 1;
            self.verdict.first_out_of_time.get_or_insert(At { line: self.line, position });
        }
        self.latest = self.latest.max(Some(at));
    }

    fn missing(&mut self, position: u64) -> Result<(), Wrong> {
        if let Some(doubt) = self.doubt.take() {
            return Err(doubt.at_the_end());
        }
        Err(self.about(position, Finding::Removed { from: position, until: position + 1 }))
    }

    fn checkpoint(&mut self, note: &str) -> Result<(), Wrong> {
        // It tells nothing of an event that is in doubt.
        if self.doubt.is_some() {
            return Ok(());
        }
        let opened = note::open(note, &self.keys);
        let checkpoint = opened.map_err(|refusal| self.wrong(Finding::Note(refusal)))?;
        let size = self.grown.size();
        if self.selection || checkpoint.size != size {
            let finding = if checkpoint.size > size && !self.selection {
                Finding::Removed { from: size, until: checkpoint.size }
            } else {
                Finding::Inserted
            };
            return Err(self.wrong(finding));
        }
        if self.grown.root() != checkpoint.root {
            let (line, agreed) = self.agreed;
            return Err(self.wrong(Finding::ChangedBetween { line, size: agreed }));
        }
        self.agreed = (self.line, size);
        self.verdict.checkpoints += 1;
        Ok(())
    }
}

/// How many levels of tiles a log of 2^64 events has.
const LEVELS: u32 = 8;

/// How many events a node of this level of tiles stands for.
fn span(level: u32) -> u64 {
    1_u64.checked_shl(8 * level).unwrap_or(u64::MAX)
}

/// Where in its tile a hash stands.
fn place_in(index: u64) -> usize {
    usize::try_from(index % WIDTH).unwrap_or(usize::MAX)
}
