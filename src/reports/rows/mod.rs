//! The answers, read at the moment asked about: one file a report, each in the order of a key that pages go by.

mod approvals;
mod certified;
mod chain;
mod holders;

use super::{
    asked::Asked,
    cell::{Figure, Line, Someone},
    report::Report,
};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Email,
    },
    db::Reading,
};

/// Some lines of an answer, each with the key that it stands in order by.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub lines: Vec<(String, Line)>,
    /// Whether there are further ones.
    pub more: bool,
}

impl Page {
    /// Cuts lines in their order to a page.
    fn cut(mut lines: Vec<(String, Line)>, most: usize) -> Self {
        let more = lines.len() > most;
        lines.truncate(most);
        Self { lines, more }
    }
}

/// Where a page begins, and how long it is.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The key of the last line before.
    pub after: Option<&'a str>,
    /// The most lines.
    pub most: usize,
}

impl Part<'_> {
    /// One more than the page holds: it tells whether there is another page.
    fn probe(&self) -> i64 {
        i64::try_from(self.most).unwrap_or(i64::from(u16::MAX)) + 1
    }

    /// The instant and the id that the last line before stands by, where the keys are of [`at_id`].
    fn after_at(&self) -> (Time, String) {
        let parts = self.after.and_then(|key| key.split_once('|'));
        let read = parts.and_then(|(at, id)| Some((Time::from_micros(at.parse().ok()?), id.to_owned())));
        read.unwrap_or((Time::from_micros(0), String::new()))
    }
}

/// The key of a line that stands by an instant and an id.
fn at_id(at: Time, id: impl std::fmt::Display) -> String {
    format!("{:020}|{id}", at.micros())
}

/// A person of a row.
fn someone(id: Id<ids::Person>, name: String, email: Email) -> Someone {
    Someone { id, name, email }
}

/// The lines of a report.
///
/// # Errors
/// The database is away.
pub fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    match asked.report {
        Report::HoldersNow | Report::HoldersAt => holders::lines(r, asked, part),
        Report::WhyHeld => chain::lines(r, asked, part),
        Report::Approvals => approvals::lines(r, asked, part),
        Report::CertifiedWhenUsed => certified::lines(r, asked, part),
    }
}

/// What is worth knowing of the whole answer.
///
/// # Errors
/// The database is away.
pub fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    match asked.report {
        Report::HoldersNow | Report::HoldersAt => Ok(Vec::new()),
        Report::WhyHeld => chain::figures(r, asked),
        Report::Approvals => approvals::figures(r, asked),
        Report::CertifiedWhenUsed => certified::figures(r, asked),
    }
}
