//! What the command line prints: lines, small aligned tables, JSON.

use super::Failed;
use crate::base::{clock::Time, refusal::Broken};
use clap::ValueEnum;
use serde::Serialize;
use std::io::Write;

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

impl Format {
    /// Its name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// How many lines a list has where nobody says how many: for people what they can look over, for spreadsheets and programs
    /// all there are.
    #[must_use]
    pub fn most(self, said: Option<usize>) -> usize {
        said.unwrap_or(if self == Self::Table { 1_000 } else { usize::MAX }).max(1)
    }
}

/// How something is printed that is no list, and so nothing for a spreadsheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Prints a line on standard output. A reader that went away is no error.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints a line on standard error.
pub fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Prints something as JSON.
///
/// # Errors
/// It has no JSON form.
pub fn json<T: Serialize>(what: &T) -> Result<(), Failed> {
    say(&serde_json::to_string_pretty(what).map_err(Broken::defect)?);
    Ok(())
}

/// An instant to the second.
#[must_use]
pub fn moment(time: Time) -> String {
    Time::from_micros(time.seconds() * 1_000_000).to_string()
}

/// Lines in columns.
#[derive(Debug)]
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with these column heads.
    #[must_use]
    pub fn new(head: &[&'static str]) -> Self {
        Self::named(head.iter().map(|name| (*name).to_owned()).collect())
    }

    /// An empty table with column heads that were composed.
    #[must_use]
    pub fn named(head: Vec<String>) -> Self {
        Self { head, rows: Vec::new() }
    }

    /// Adds a line.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table as aligned text, without spaces at line ends.
    #[must_use]
    pub fn text(&self) -> Vec<String> {
        let heads: Vec<String> = self.head.iter().map(|head| head.to_uppercase()).collect();
        let mut widths: Vec<usize> = heads.iter().map(|head| head.chars().count()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        std::iter::once(&heads)
            .chain(&self.rows)
            .map(|row| {
                let line: String = row
                    .iter()
                    .zip(&widths)
                    .map(|(cell, width)| format!("{cell}{}", " ".repeat(width + 2 - cell.chars().count().min(*width))))
                    .collect();
                line.trim_end().to_owned()
            })
            .collect()
    }

    fn csv(&self) -> Result<(), Failed> {
        let mut out = csv::Writer::from_writer(std::io::stdout().lock());
        let failed = |error: csv::Error| Failed::from(Broken::defect(error));
        out.write_record(&self.head).map_err(failed)?;
        for row in &self.rows {
            // A cell that a spreadsheet would take for a formula begins with an apostrophe there.
            let cells = row.iter().map(|cell| match cell.chars().next() {
                Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
                _ => cell.clone(),
            });
            out.write_record(cells).map_err(failed)?;
        }
        out.flush().map_err(|error| Broken::defect(error).into())
    }
}

/// Prints a list: as a table, as CSV, or the things themselves as JSON.
///
/// # Errors
/// Writing fails.
pub fn list<T: Serialize>(format: Format, things: &[T], table: &Table) -> Result<(), Failed> {
    match format {
        Format::Json => json(&things),
        Format::Csv => table.csv(),
        Format::Table => {
            if table.rows.is_empty() {
                say("nothing to show");
            } else {
                table.text().iter().for_each(|line| say(line));
            }
            Ok(())
        }
    }
}

/// Says on standard error that a list shows its first lines only, of how many where that is known, and how to get the rest.
pub fn cut(shown: usize, all: Option<usize>) {
    let of = all.map(|all| format!(" of {all}")).unwrap_or_default();
    complain(&format!("only the first {shown}{of} lines; ask for more with --limit"));
}

/// As [`list`], where the columns for spreadsheets are not those for people: they are the API's.
///
/// # Errors
/// Writing fails.
pub fn list_or_export<T: Serialize>(
    format: Format,
    things: &[T],
    table: &Table,
    export: impl FnOnce() -> Table,
) -> Result<(), Failed> {
    if format == Format::Csv { export().csv() } else { list(format, things, table) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["name", "office"]);
        table.row(["Núria Vidal".to_owned(), "Barcelona".to_owned()]);
        table.row(["Léa".to_owned(), "Paris".to_owned()]);
        assert_eq!(table.text(), ["NAME         OFFICE", "Núria Vidal  Barcelona", "Léa          Paris"]);
    }
}
