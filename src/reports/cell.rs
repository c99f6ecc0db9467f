//! What stands in a line of a report: cells that every face draws in its own way.

use super::report::{Column, Kind};
use crate::base::{
    clock::Time,
    ids::{self, Id},
    text::{Email, Slug},
};
use serde_json::{Map, Value, json};

/// A person in a line. Whoever was erased is there by a pseudonym.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Someone {
    pub id: Id<ids::Person>,
    pub name: String,
    pub email: Email,
}

/// One cell, of its column's kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    None,
    Text(String),
    /// A word of the column's family, or a badge's.
    Word(String),
    /// Several words of the column's family.
    Words(Vec<String>),
    /// An actor's word in the log, and the name where it is a person.
    Actor(String, Option<String>),
    Moment(Time),
    Flag(bool),
    Number(i64),
    /// A length of time in microseconds.
    Span(i64),
    Person(Someone),
    Role(Slug),
    /// A thing's id.
    Thing(String),
}

impl Cell {
    /// A text, or nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }

    /// A word of the column's family.
    pub fn word(word: impl Into<String>) -> Self {
        Self::Word(word.into())
    }

    /// A thing, or nothing.
    pub fn thing(id: Option<impl ToString>) -> Self {
        id.map_or(Self::None, |id| Self::Thing(id.to_string()))
    }

    /// An instant, or nothing.
    #[must_use]
    pub fn moment(at: Option<Time>) -> Self {
        at.map_or(Self::None, Self::Moment)
    }

    /// The values in JSON, under the names of [`Column::names`].
    fn values(self, kind: Kind) -> Vec<Value> {
        match self {
            Self::Person(someone) => vec![json!(someone.id), json!(someone.name), json!(someone.email)],
            Self::Words(words) => vec![json!(words)],
            Self::Actor(word, name) => vec![json!(word), json!(name)],
            Self::None if kind == Kind::Person => vec![Value::Null; 3],
            Self::None if kind == Kind::Actor => vec![Value::Null; 2],
            Self::None => vec![Value::Null],
            Self::Text(text) | Self::Word(text) | Self::Thing(text) => vec![json!(text)],
            Self::Moment(at) => vec![json!(at)],
            Self::Flag(flag) => vec![json!(flag)],
            Self::Number(number) => vec![json!(number)],
            #[expect(clippy::cast_precision_loss, reason = "exact to the microsecond for 285 years")]
            Self::Span(micros) => vec![json!(micros as f64 / 1e6)],
            Self::Role(role) => vec![json!(role)],
        }
    }
}

/// A line: one cell a column.
pub type Line = Vec<Cell>;

/// A line as an object.
#[must_use]
pub fn object(columns: &[Column], line: Line) -> Map<String, Value> {
    let cells = columns.iter().zip(line);
    cells.flat_map(|(column, cell)| column.names().into_iter().zip(cell.values(column.kind))).collect()
}

/// A line as the cells of a spreadsheet.
#[must_use]
pub fn cells(columns: &[Column], line: Line) -> Vec<String> {
    let values = columns.iter().zip(line).flat_map(|(column, cell)| cell.values(column.kind));
    values
        .map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Array(words) => {
                words.iter().map(|word| word.as_str().unwrap_or_default()).collect::<Vec<_>>().join(" | ")
            }
            other => other.to_string(),
        })
        .collect()
}

/// Something that is worth knowing of the whole answer, and not of one line.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name in JSON; what people read is the message `report-figure-<name>`.
    pub name: &'static str,
    /// What it comes to.
    pub cell: Cell,
    /// How an auditor should take it: a figure that should not be there is bad news.
    pub good: Option<bool>,
}

impl Figure {
    /// A count that says nothing by itself.
    #[must_use]
    pub fn count(name: &'static str, number: i64) -> Self {
        Self { name, cell: Cell::Number(number), good: None }
    }

    /// A count of what must not be.
    #[must_use]
    pub fn never(name: &'static str, number: i64) -> Self {
        Self { name, cell: Cell::Number(number), good: Some(number == 0) }
    }

    /// An answer that may be yes or no.
    #[must_use]
    pub fn answer(name: &'static str, yes: bool) -> Self {
        Self { name, cell: Cell::Flag(yes), good: None }
    }

    /// What it comes to, in JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        self.cell.clone().values(Kind::Text).into_iter().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::report::Report;

    #[test]
    fn a_line_has_the_names_of_its_columns() {
        for report in Report::ALL {
            let nothing = report.columns().iter().map(|_| Cell::None).collect::<Line>();
            let object = object(report.columns(), nothing.clone());
            assert!(report.head().iter().all(|name| object.contains_key(name)) && object.len() == report.head().len());
            assert_eq!(cells(report.columns(), nothing).len(), report.head().len());
        }
    }
}
