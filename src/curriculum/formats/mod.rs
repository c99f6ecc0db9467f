//! Banks of other programs: GIFT, Aiken and Moodle XML, in and out. Nothing is dropped without a line that says so.
//!
//! A reader (`gift`, `aiken`, `moodle`) finds questions as the other program means them (`neutral`); `settle` makes each
//! one of ours (`entry`); `bank_out` writes them as a bank. The way out: `bank_in`, then the writers of `gift` and `moodle`.

mod aiken;
mod assets;
pub mod bank_in;
pub mod bank_out;
mod effort;
pub mod entry;
pub mod gift;
mod html;
mod literal;
pub mod moodle;
pub mod neutral;
pub mod pictures;
pub mod report;
mod settle;
mod slug;
pub mod text;
mod truth;
mod yaml_out;

use super::{bank, load::Desk, places::Places, report::Report, yaml};
pub use slug::slug;

use entry::Entry;
use neutral::Found;
use report::{Line, Outcome};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use text::Text;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Moodle's plain-text format.
    Gift,
    /// Lettered answers and an ANSWER line.
    Aiken,
    /// Moodle's own.
    MoodleXml,
}

impl Format {
    /// Its name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Gift => "GIFT",
            Self::Aiken => "Aiken",
            Self::MoodleXml => "Moodle XML",
        }
    }

    /// The format that a text is in, by what stands in it.
    #[must_use]
    pub fn detect(text: &str) -> Self {
        let bare = text.trim_start();
        let head: String = bare.chars().take(2_000).collect();
        if head.starts_with("<?xml") || head.starts_with("<quiz") || head.starts_with("<!") && head.contains("<quiz") {
            return Self::MoodleXml;
        }
        let is_answer = |line: &str| line.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("answer:"));
        let answers = bare.lines().filter(|line| is_answer(line.trim_start())).count();
        let blocks = bare.lines().filter(|line| line.contains('{') && !moodle::cloze::holds(line)).count();
        if answers > blocks { Self::Aiken } else { Self::Gift }
    }
}

/// What an import is told.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The format, where it is not to be found out.
    pub format: Option<Format>,
    /// The ids that the course already has.
    pub taken: BTreeSet<String>,
    /// The objective of every question that names none.
    pub objective: Option<String>,
}

/// An import that is not written yet.
#[derive(Debug)]
pub struct Imported {
    /// The format that was read.
    pub format: Format,
    /// The questions.
    pub entries: Vec<Entry>,
    /// The pictures, by their names below the course's `assets/imported/`.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What became of everything.
    pub lines: Vec<Line>,
    /// How many characters were looked at, again and again where the format asks for it: the work that it was.
    pub effort: u64,
}

impl Imported {
    /// How many lines have this outcome.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }

    /// How many questions there are of each type.
    #[must_use]
    pub fn kinds(&self) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for entry in &self.entries {
            *kinds.entry(entry.body.kind()).or_default() += 1;
        }
        kinds
    }

    /// How many questions there are in each category.
    #[must_use]
    pub fn categories(&self) -> BTreeMap<String, usize> {
        let mut categories = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| !entry.about.category.is_empty()) {
            *categories.entry(entry.about.category.join(" / ")).or_default() += 1;
        }
        categories
    }
}

/// Finds the questions of a file as the other program means them.
#[must_use]
pub fn find(text: &Text, format: Format) -> Vec<Found> {
    match format {
        Format::Gift => gift::read(text),
        Format::Aiken => aiken::read(text),
        Format::MoodleXml => moodle::read(text),
    }
}

/// Reads a file and makes its questions ours.
///
/// # Errors
/// A sentence: the file is too large or no text.
pub fn import(bytes: &[u8], wishes: Wishes) -> Result<Imported, String> {
    effort::taken();
    let text = Text::decode(bytes)?;
    let format = wishes.format.unwrap_or_else(|| Format::detect(text.as_str()));
    let ids = slug::Ids::new(wishes.taken);
    let mut settler = settle::Settler::new(ids, wishes.objective);
    let mut imported =
        Imported { format, entries: Vec::new(), pictures: BTreeMap::new(), lines: Vec::new(), effort: 0 };
    let line = |at: usize, outcome: Outcome, kind: &str, title: Option<String>, notes: Vec<String>| {
        let (line, column) = text.place(at);
        Line { line, column, outcome, kind: kind.to_owned(), id: None, title, notes }
    };
    for note in &text.notes {
        imported.lines.push(line(0, Outcome::Note, "file", None, vec![note.clone()]));
    }
    let mut category = Vec::new();
    for found in find(&text, format) {
        let told = match found {
            Found::Category { path, .. } => {
                category = path;
                continue;
            }
            Found::Note { at, words } => line(at, Outcome::Note, "file", None, vec![words]),
            Found::LeftOut { at, title, kind, why, loss } => {
                line(at, if loss { Outcome::LeftOut } else { Outcome::NoQuestion }, &kind, title, vec![why])
            }
            Found::Question(draft) => {
                let (at, title) = (draft.at, draft.title.clone());
                let kind = theirs(&draft.body);
                match settler.settle(*draft, &category).and_then(|(entry, notes)| checked(entry).map(|e| (e, notes))) {
                    Ok((entry, notes)) => {
                        let outcome = if notes.is_empty() { Outcome::Imported } else { Outcome::Changed };
                        let told = line(at, outcome, entry.body.kind(), title, notes);
                        let told = Line { id: Some(entry.id.clone()), ..told };
                        imported.entries.push(entry);
                        told
                    }
                    Err(why) => line(at, Outcome::LeftOut, kind, title, vec![why]),
                }
            }
        };
        imported.lines.push(told);
    }
    imported.pictures = std::mem::take(&mut settler.shelf.pictures);
    imported.effort = effort::taken();
    Ok(imported)
}

/// What a question is called that could not become one of ours.
fn theirs(body: &neutral::Body) -> &'static str {
    match body {
        neutral::Body::Pick { .. } => "multiple choice",
        neutral::Body::Judge { .. } => "true or false",
        neutral::Body::Type { .. } => "short answer",
        neutral::Body::Count { .. } => "numerical",
        neutral::Body::Match { .. } => "matching",
        neutral::Body::Order { .. } => "ordering",
        neutral::Body::Cloze(_) => "cloze",
        neutral::Body::Essay { .. } => "essay",
    }
}

/// A question that the reader of banks takes, or why it does not.
fn checked(entry: Entry) -> Result<Entry, String> {
    let mut text = String::from("id: x\nquestions:\n");
    bank_out::question(&mut text, &entry);
    effort::spend(text.len());
    let mut report = Report::new();
    if let Some(node) = yaml::parse("x", &text, 1, &mut report)
        && let Ok(name) = "x".parse()
    {
        let (course, datasets) = ("x".to_owned(), BTreeMap::new());
        let mut desk = Desk { course, report: &mut report, places: &mut Places::default(), datasets };
        bank::Draft::read(yaml::Value::top("x", &node), &name, &mut desk);
    }
    if report.has_errors() {
        let why: Vec<&str> = report.findings().iter().map(|finding| finding.message.as_str()).collect();
        return Err(why.join("; "));
    }
    Ok(entry)
}

#[cfg(test)]
mod tests;
