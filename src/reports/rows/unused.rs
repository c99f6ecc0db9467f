//! Report 8: what was given and not used for so many days.

use super::{Page, Part, at_id, living_of, someone};
use crate::{
    access::rows::{
        MINTED, UNUSED, USE_UNKNOWN, VERIFIED,
        as_of::{EFFECTIVE, sum},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Slug},
    },
    db::{
        Reading, known, sql,
        sql::{Statement, row},
    },
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};

row! {
    struct Raw {
        id: Id<ids::Grant>,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        role_id: Slug,
        starts_at: Time,
        known_until: Time,
        minted: Option<Time>,
        verified: Option<Time>,
        effective: bool,
    }
}

/// The grants that ran at the moment, began at least so many days before, and gave no token since then.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let ((after, id), until) = (part.after_at(), known::end_of("g"));
    let found = sql(format!(
        "SELECT g.id, g.person_id, p.name, p.email, g.role_id, g.starts_at, {until} AS known_until, {MINTED} AS minted, {VERIFIED} AS verified, \
         {EFFECTIVE} AS effective FROM grants g JOIN persons p ON p.id = g.person_id \
         WHERE g.starts_at >= ? AND (g.starts_at, g.id) > (?, ?)"
    ));
    let found = living_of(r, found.bind(&after).bind(&after).bind(&id), asked)?;
    let raws: Vec<Raw> =
        since(found, UNUSED, asked).push(" ORDER BY g.starts_at, g.id LIMIT ?").bind(&part.probe()).all(r)?;
    let lines = raws.into_iter().map(|raw| (at_id(raw.starts_at, raw.id), line(raw, asked.at))).collect();
    Ok(Page::cut(lines, part.most))
}

/// Narrowed by what is said of the use since the day that is asked about.
fn since(statement: Statement, used: &str, asked: &Asked) -> Statement {
    let since = asked.at.plus_seconds(-asked.days * 86_400);
    statement.push(&format!(" AND {used}")).bind(&since).bind(&since).bind(&since)
}

fn line(raw: Raw, at: Time) -> Line {
    let last = raw.minted.max(raw.verified);
    let idle = at.micros_since(last.unwrap_or(raw.starts_at).max(raw.starts_at));
    vec![
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::moment(last),
        Cell::Number(idle / (86_400 * 1_000_000)),
        Cell::Flag(raw.effective),
        Cell::Moment(raw.starts_at),
        Cell::Moment(raw.known_until),
        Cell::Thing(raw.id.to_string()),
    ]
}

/// How many there are, how many of them were never used, and of how many nobody can say.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    row! { struct Counts { unused: i64, never: Option<i64> } }
    let found = sql(format!(
        "SELECT COUNT(*) AS unused, {} AS never FROM grants g WHERE TRUE",
        sum(&format!("{MINTED} IS NULL AND {VERIFIED} IS NULL"))
    ));
    let counts: Counts = since(living_of(r, found, asked)?, UNUSED, asked).one(r)?;
    let unknown = living_of(r, sql("SELECT COUNT(*) AS n FROM grants g WHERE TRUE"), asked)?;
    Ok(vec![
        Figure::count("unused", counts.unused),
        Figure::count("never_used", counts.never.unwrap_or_default()),
        Figure::count("use_unknown", since(unknown, USE_UNKNOWN, asked).one(r)?),
    ])
}
