//! What became of every question of a file: one line each, in the file's order.

use serde::Serialize;
use std::fmt;

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is in the bank, as it was.
    Imported,
    /// It is in the bank, and something about it was changed or assumed.
    Changed,
    /// It is not in the bank.
    LeftOut,
    /// It is not in the bank, and is no question.
    NoQuestion,
    /// Not about a question.
    Note,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where in the source, from 1.
    pub line: usize,
    /// Where in that line, from 1.
    pub column: usize,
    /// What became of it.
    pub outcome: Outcome,
    /// Its type: ours if it was imported, else what it was called there.
    pub kind: String,
    /// Its id in the bank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What was changed, or why it was left out.
    pub notes: Vec<String>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        let title = self.title.as_deref().map(clean).map(|title| format!(" `{title}`")).unwrap_or_default();
        let notes: Vec<String> = self.notes.iter().map(|note| clean(note)).collect();
        let notes = notes.join("; ");
        match (self.outcome, &self.id) {
            (Outcome::Imported, Some(id)) => write!(f, "imported `{id}` ({})", self.kind),
            (Outcome::Changed, Some(id)) => write!(f, "imported with a warning `{id}` ({}): {notes}", self.kind),
            (Outcome::NoQuestion, _) => write!(f, "left out, no question ({}){title}: {notes}", self.kind),
            (Outcome::Note, _) => write!(f, "note: {notes}"),
            _ => write!(f, "left out ({}){title}: {notes}", self.kind),
        }
    }
}

/// A text of a foreign file for a terminal: one line, nothing that a terminal would obey.
fn clean(text: &str) -> String {
    let out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
