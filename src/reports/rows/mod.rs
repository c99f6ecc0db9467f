//! The answers, read at the moment asked about: one file a report, each in the order of a key that pages go by.

mod approvals;
mod certified;
mod chain;
mod durations;
mod holders;
pub mod lapses;
mod leaver;
mod log;
pub mod map;
mod policies;
mod reviews;
pub mod timeline;
mod tokens;
mod uncertified;
mod unused;

use super::{
    asked::Asked,
    cell::{Figure, Line, Someone},
    report::Report,
};
use crate::{
    access::rows::as_of::{ENDED_SINCE, LIVE, few_ended_since},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Email,
    },
    db::{Reading, sql, sql::Statement},
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

/// Of the person and the role that were asked about, by the row that names them.
fn narrowed(statement: Statement, asked: &Asked, row: &str) -> Statement {
    narrowed_by(statement, asked, row, Lead::Index)
}

fn narrowed_by(mut statement: Statement, asked: &Asked, row: &str, lead: Lead) -> Statement {
    if let Some(person) = &asked.person {
        statement = statement.push(&lead.is(&format!("{row}.person_id"))).bind(person);
    }
    if let Some(role) = &asked.role {
        statement = statement.push(&lead.is(&format!("{row}.role_id"))).bind(role);
    }
    statement
}

/// Whether a condition may lead to an index, or is only to be held against rows that something else has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Index,
    Sieve,
}

impl Lead {
    /// That a column of text is the next parameter.
    fn is(self, column: &str) -> String {
        format!(" AND {} = ?", self.of(column))
    }

    /// The column, so that no index is looked for where none is wanted.
    fn of(self, column: &str) -> String {
        match self {
            Self::Index => column.to_owned(),
            Self::Sieve => format!("{column} || ''"),
        }
    }
}

/// A clause of the policy `g.policy_id` that no certificate met at the instant of an expression.
fn unmet(at: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM policy_clauses c WHERE c.policy_id = g.policy_id AND NOT EXISTS (SELECT 1 \
         FROM policy_clauses a JOIN certificates k ON k.certification_id = a.certification_id \
         WHERE a.policy_id = c.policy_id AND a.clause = c.clause AND k.person_id = g.person_id \
         AND k.issued_at <= {at} AND k.valid_from <= {at} AND {at} < k.ends_at))"
    )
}

const DAY: i64 = 86_400_000_000;

/// Adds to a statement that its grants `g` ran at the moment asked about, and what else they are narrowed by.
///
/// Most of a long history has ended. Of a moment not long ago it is passed over, but for the few that ended since, which are found
/// by their end whatever they are narrowed by; of one long ago, what began earlier than the longest grant lasts.
fn living(
    r: &mut Reading<'_>,
    statement: Statement,
    narrow: impl Fn(Statement, Lead) -> Statement,
) -> Result<Statement, Broken> {
    let runs = " AND g.starts_at <= habilis_at() AND habilis_at() < g.ends_at AND g.granted_at <= habilis_at()";
    let statement = statement.push(runs);
    if few_ended_since(r)? {
        let live = statement.push(&format!(" AND g.id IN (SELECT g.id FROM grants g WHERE {LIVE}"));
        let since =
            narrow(live, Lead::Index).push(&format!(" UNION ALL SELECT g.id FROM grants g WHERE {ENDED_SINCE}"));
        return Ok(narrow(since, Lead::Sieve).push(")"));
    }
    let longest: Option<i64> =
        sql("SELECT ends_at - starts_at AS n FROM grants ORDER BY ends_at - starts_at DESC LIMIT 1").maybe(r)?;
    // To the day: the statement is prepared by its text.
    let from = r.at().micros().saturating_sub(longest.unwrap_or_default()).div_euclid(DAY) * DAY;
    Ok(narrow(statement.push(&format!(" AND g.starts_at >= {from}")), Lead::Index))
}

/// As [`living`], narrowed to the person and the role that were asked about.
fn living_of(r: &mut Reading<'_>, statement: Statement, asked: &Asked) -> Result<Statement, Broken> {
    living(r, statement, |statement, lead| narrowed_by(statement, asked, "g", lead))
}

/// The lines of a report, and what is worth knowing of the whole.
///
/// # Errors
/// The database is away.
pub fn answer(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<(Page, Vec<Figure>), Broken> {
    match asked.report {
        Report::LogIntegrity => log::answer(r, asked, part),
        _ => Ok((lines(r, asked, part)?, figures(r, asked)?)),
    }
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
        Report::WithoutCertificate => uncertified::lines(r, asked, part),
        Report::Durations => durations::lines(r, asked, part),
        Report::Unused => unused::lines(r, asked, part),
        Report::Tokens => tokens::lines(r, asked, part),
        Report::Reviews => reviews::lines(r, asked, part),
        Report::LogIntegrity => Ok(log::answer(r, asked, part)?.0),
        Report::Leaver => leaver::lines(r, asked, part),
        Report::PolicyThen => policies::lines(r, asked, part),
        Report::Lapses => lapses::lines(r, asked, part),
    }
}

/// What is worth knowing of the whole answer, where that does not come with its lines.
fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    match asked.report {
        Report::HoldersNow | Report::HoldersAt | Report::LogIntegrity => Ok(Vec::new()),
        Report::WhyHeld => chain::figures(r, asked),
        Report::Approvals => approvals::figures(r, asked),
        Report::CertifiedWhenUsed => certified::figures(r, asked),
        Report::WithoutCertificate => uncertified::figures(r, asked),
        Report::Durations => durations::figures(r, asked),
        Report::Unused => unused::figures(r, asked),
        Report::Tokens => tokens::figures(r, asked),
        Report::Reviews => reviews::figures(r, asked),
        Report::Leaver => leaver::figures(r, asked),
        Report::PolicyThen => policies::figures(r, asked),
        Report::Lapses => lapses::figures(r, asked),
    }
}
