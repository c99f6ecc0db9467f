//! Searching: everything that learners may read, word by word; of banks, quizzes and keys nothing ever stands in here.

mod thing;

pub use thing::{Thing, ThingKind, Weight};

use super::render::Heading;
use crate::base::text::{Language, folded};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};
use thing::Piece;
use unicode_normalization::char::is_combining_mark;

/// The longest query, in characters.
pub const LONGEST: usize = 200;
/// The most words of a query.
pub const MOST_WORDS: usize = 8;
/// How much of a text is shown around what was found, in characters.
const SHOWN: usize = 180;
/// How much of that stands before the first word that was found.
const BEFORE: usize = 60;

/// A query that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at most {LONGEST} characters and {MOST_WORDS} words")]
pub struct TooMuch;

/// The words that are looked for: without case and accents, each the beginning of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<String>);

impl Query {
    /// Reads what somebody typed. Single letters beside longer words are left out: they are elisions (`l'entrepôt`).
    ///
    /// # Errors
    /// It is too long, or has too many words.
    pub fn parse(text: &str) -> Result<Self, TooMuch> {
        if text.chars().count() > LONGEST {
            return Err(TooMuch);
        }
        let mut words: Vec<String> = Vec::new();
        for (_, word) in tokens(text) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let long = |word: &String| word.chars().nth(1).is_some();
        if words.iter().any(long) {
            words.retain(long);
        }
        if words.len() > MOST_WORDS { Err(TooMuch) } else { Ok(Self(words)) }
    }

    /// Whether nothing is looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of the query's words, by their place, a word begins with.
    fn places<'q>(&'q self, token: &'q str) -> impl Iterator<Item = usize> + 'q {
        self.0.iter().enumerate().filter(|(_, word)| fits(word, token)).map(|(place, _)| place)
    }
}

/// A word finds every word that it begins; a single letter only itself.
fn fits(word: &str, token: &str) -> bool {
    token == word || (word.chars().nth(1).is_some() && token.starts_with(word))
}

/// A piece of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub marked: bool,
}

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub kind: ThingKind,
    /// Unique among the things of its kind.
    pub id: String,
    /// The page, at the heading under which the words stand.
    pub href: String,
    /// The language in which it was found.
    pub language: Language,
    pub title: Vec<Part>,
    /// What it belongs to.
    pub within: Option<String>,
    /// The heading under which the words stand.
    pub heading: Option<String>,
    pub snippet: Vec<Part>,
    /// What comes after this one in the same search comes after this key.
    pub key: String,
}

/// What was found, as far as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How many there are.
    pub total: usize,
    /// The best first.
    pub hits: Vec<Hit>,
}

/// Every word of every thing that can be found.
#[derive(Debug, Default)]
pub struct Index {
    things: Vec<Thing>,
    words: BTreeMap<String, BTreeSet<Spot>>,
}

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    thing: usize,
    language: Language,
    weight: Weight,
}

/// How well each word of the query was found in one thing in one language; 0 is not at all.
type Tally = [u32; MOST_WORDS];

impl Index {
    /// Reads the words of these things; what is found equally well comes in their order.
    #[must_use]
    pub fn of(things: Vec<Thing>) -> Self {
        let mut words: BTreeMap<String, BTreeSet<Spot>> = BTreeMap::new();
        for (thing, found) in things.iter().enumerate() {
            for (language, pieces) in &found.pieces {
                for piece in pieces {
                    for (_, word) in tokens(&piece.text) {
                        let spot = Spot { thing, language: *language, weight: piece.weight };
                        words.entry(word).or_default().insert(spot);
                    }
                }
            }
        }
        Self { things, words }
    }

    /// Finds the things that have every word of the query, in the reader's language or else in English: the best
    /// `limit` after a key.
    #[must_use]
    pub fn search(&self, query: &Query, reader: Language, after: Option<&str>, limit: usize) -> Found {
        let mut best: BTreeMap<usize, (Language, u32)> = BTreeMap::new();
        for ((thing, language), tally) in self.tallies(query, reader) {
            let words = tally.get(..query.0.len()).unwrap_or_default();
            if query.is_empty() || words.contains(&0) {
                continue;
            }
            let score = words.iter().sum();
            // The reader's own language outranks English, where the words stand in both.
            if language == reader || !best.contains_key(&thing) {
                best.insert(thing, (language, score));
            }
        }
        let mut order: Vec<(Reverse<u32>, usize, Language)> =
            best.into_iter().map(|(thing, (language, score))| (Reverse(score), thing, language)).collect();
        order.sort_unstable();
        let total = order.len();
        let after = after.and_then(parse_key).map(|(score, thing)| (Reverse(score), thing));
        let hits = order
            .into_iter()
            .filter(|(score, thing, _)| after.is_none_or(|after| (*score, *thing) > after))
            .take(limit)
            .filter_map(|(Reverse(score), thing, language)| self.hit(query, reader, thing, language, score))
            .collect();
        Found { total, hits }
    }

    fn tallies(&self, query: &Query, reader: Language) -> BTreeMap<(usize, Language), Tally> {
        let mut tallies: BTreeMap<(usize, Language), Tally> = BTreeMap::new();
        for (place, word) in query.0.iter().enumerate() {
            for (token, spots) in self.words.range(word.clone()..).take_while(|(token, _)| token.starts_with(word)) {
                if !fits(word, token) {
                    continue;
                }
                let whole = if token == word { 3 } else { 2 };
                for spot in spots.iter().filter(|spot| spot.language == reader || spot.language == Language::En) {
                    let tally = tallies.entry((spot.thing, spot.language)).or_default();
                    if let Some(best) = tally.get_mut(place) {
                        *best = (*best).max(spot.weight.worth() * whole);
                    }
                }
            }
        }
        tallies
    }

    fn hit(&self, query: &Query, reader: Language, at: usize, language: Language, score: u32) -> Option<Hit> {
        let thing = self.things.get(at)?;
        let (title, rest) = thing.pieces.get(&language)?.split_first()?;
        let marked = |piece: &Piece| {
            let found = tokens(&piece.text).into_iter().flat_map(|(_, token)| query.places(&token).collect::<Vec<_>>());
            found.collect::<BTreeSet<_>>().len()
        };
        // The piece with most of the words; among equals the weightier, then the earlier one.
        let best = rest
            .iter()
            .map(|piece| (marked(piece), piece))
            .filter(|(words, _)| *words > 0)
            .min_by_key(|(words, piece)| (Reverse(*words), Reverse(piece.weight)))
            .map(|(_, piece)| piece);
        let by_title = marked(title) == query.0.len();
        // A heading leads to its place, and its first words say more than the heading again.
        let heading = best.filter(|_| !by_title).and_then(|piece| piece.under.clone());
        let shown = match best {
            Some(piece) if piece.weight == Weight::Heading => {
                let below = |next: &&Piece| next.weight == Weight::Body && same(&next.under, &piece.under);
                rest.iter().find(below).or(best)
            }
            Some(_) => best,
            None => rest.iter().find(|piece| piece.weight == Weight::Body).or(rest.first()),
        };
        // A heading's id belongs to one language; the page may be shown in the other.
        let anchored = language == reader || !thing.pieces.contains_key(&reader);
        let anchor = heading.as_ref().filter(|_| anchored).map(|heading| format!("#{}", heading.id));
        Some(Hit {
            kind: thing.kind,
            id: thing.id.clone(),
            href: format!("{}{}", thing.href, anchor.unwrap_or_default()),
            language,
            title: parts(&title.text, query, usize::MAX),
            within: thing.within.as_ref().map(|within| within.get(reader).to_owned()),
            heading: heading.map(|heading| heading.text.clone()),
            snippet: shown.map(|piece| parts(&piece.text, query, SHOWN)).unwrap_or_default(),
            key: format!("{score}.{at}"),
        })
    }
}

fn same(one: &Option<Arc<Heading>>, other: &Option<Arc<Heading>>) -> bool {
    one.as_ref().map(|heading| &heading.id) == other.as_ref().map(|heading| &heading.id)
}

/// The score and the place of a hit's key.
#[must_use]
pub fn parse_key(key: &str) -> Option<(u32, usize)> {
    let (score, thing) = key.split_once('.')?;
    Some((score.parse().ok()?, thing.parse().ok()?))
}

/// The words of a text, folded, and where they stand in it.
fn tokens(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = None;
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, inside(c)) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                found.push((start..at, text.get(start..at).map(folded).unwrap_or_default()));
                from = None;
            }
            _ => {}
        }
    }
    found.retain(|(_, word)| !word.is_empty());
    found
}

/// A text cut to so many characters around the first word that is looked for, with every such word marked.
fn parts(text: &str, query: &Query, most: usize) -> Vec<Part> {
    let marks: Vec<Range<usize>> =
        tokens(text).into_iter().filter(|(_, token)| query.places(token).next().is_some()).map(|(at, _)| at).collect();
    let first = marks.first().map_or(0, |mark| mark.start);
    let (from, to) = window(text, first, most);
    let mut parts: Vec<Part> = Vec::new();
    let mut push = |text: &str, marked| {
        if !text.is_empty() {
            parts.push(Part { text: text.to_owned(), marked });
        }
    };
    push(if from > 0 { "… " } else { "" }, false);
    let mut at = from;
    for mark in marks.into_iter().filter(|mark| mark.start >= from && mark.end <= to) {
        push(text.get(at..mark.start).unwrap_or_default(), false);
        push(text.get(mark.clone()).unwrap_or_default(), true);
        at = mark.end;
    }
    push(text.get(at..to).unwrap_or_default(), false);
    push(if to < text.len() { " …" } else { "" }, false);
    parts
}

/// Where to cut a text so that `first` is in it: between words, where there are any.
fn window(text: &str, first: usize, most: usize) -> (usize, usize) {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let chars = ends.len().saturating_sub(1);
    if chars <= most {
        return (0, text.len());
    }
    let place = ends.partition_point(|end| *end < first);
    let start = place.saturating_sub(BEFORE).min(chars.saturating_sub(most));
    let end = start.saturating_add(most).min(chars);
    let at = |place: usize| ends.get(place).copied().unwrap_or(text.len());
    let (mut from, mut to) = (at(start), at(end));
    if from > 0 {
        let space = text.get(from..first).and_then(|before| before.find(' '));
        from += space.map_or(0, |space| space + 1);
    }
    if to < text.len() {
        let space = text.get(from..to).and_then(|inside| inside.rfind(' '));
        to = space.map_or(to, |space| from + space);
    }
    (from, to.max(from))
}

#[cfg(test)]
mod tests;
