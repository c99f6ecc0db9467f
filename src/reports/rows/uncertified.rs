//! Report 6: who has a grant whose requirement no certificate meets; none of them may be effective.

use super::{Page, Part, at_id, living_of, someone, unmet};
use crate::{
    access::{
        self,
        rows::as_of::{EFFECTIVE, sum},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Slug},
    },
    certification::{
        requirement::{judge, lost_at},
        rows::certificates_of,
    },
    db::{Reading, known, sql, sql::row},
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
        policy_id: String,
        starts_at: Time,
        known_until: Time,
        effective: bool,
    }
}

/// The grants that ran at the moment and whose requirement was not met, in the order in which they began: every one that
/// ran is looked at, so that nothing rests on how it came to be.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let (at, (after, id), until) = (r.at(), part.after_at(), known::end_of("g"));
    let found = sql(format!(
        "SELECT g.id, g.person_id, p.name, p.email, g.role_id, g.policy_id, g.starts_at, {until} AS known_until, {EFFECTIVE} AS effective \
         FROM grants g JOIN persons p ON p.id = g.person_id WHERE {} AND g.starts_at >= ? AND (g.starts_at, g.id) > (?, ?)",
        unmet("habilis_at()")
    ));
    let raws: Vec<Raw> = living_of(r, found.bind(&after).bind(&after).bind(&id), asked)?
        .push(" ORDER BY g.starts_at, g.id LIMIT ?")
        .bind(&part.probe())
        .all(r)?;
    let more = raws.len() > part.most;
    let mut lines = Vec::new();
    for raw in raws.into_iter().take(part.most) {
        lines.push((at_id(raw.starts_at, raw.id), line(r, raw, at)?));
    }
    Ok(Page { lines, more })
}

fn line(r: &mut Reading<'_>, raw: Raw, at: Time) -> Result<Line, Broken> {
    let policy = access::rows::policy(r, &raw.policy_id)?;
    let mut held = certificates_of(r, raw.person_id)?;
    held.retain(|certificate| certificate.issued_at <= at);
    let missing: Vec<String> = judge(&policy.requires, &held, at)
        .into_iter()
        .filter(|standing| standing.met_by.is_none())
        .map(|standing| standing.any_of.iter().map(Slug::as_str).collect::<Vec<_>>().join(" | "))
        .collect();
    let since = lost_at(&policy.requires, &held, raw.starts_at, at);
    Ok(vec![
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::text(missing.join(", ")),
        Cell::moment(since),
        Cell::Flag(raw.effective),
        Cell::Moment(raw.starts_at),
        Cell::Moment(raw.known_until),
        Cell::Thing(raw.id.to_string()),
    ])
}

/// How many there are, and how many of them opened anything.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    row! { struct Counts { without: i64, effective: Option<i64> } }
    let found = sql(format!(
        "SELECT COUNT(*) AS without, {} AS effective FROM grants g WHERE {}",
        sum(EFFECTIVE),
        unmet("habilis_at()")
    ));
    let counts: Counts = living_of(r, found, asked)?.one(r)?;
    Ok(vec![
        Figure::count("without_certificate", counts.without),
        Figure::never("without_and_effective", counts.effective.unwrap_or_default()),
    ])
}
