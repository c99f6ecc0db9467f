//! Report 7: how long from a request to access, and from a lapse until no token was believed any more.

use super::{Page, Part, at_id, narrowed, someone};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Slug},
    },
    db::{
        Reading, sql,
        sql::{Statement, row},
    },
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};

row! {
    struct Raw {
        kind: String,
        id: String,
        at: Time,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        role_id: Slug,
        grant_id: Id<ids::Grant>,
        began: Time,
        done: Time,
    }
}

/// From a request to when the access that came of it began, which is the later of its being given and its start: `at` is the one
/// that it is where `when` holds. What ended before it began gave no access; and of a renewal that goes on where another grant
/// stops nobody waited for anything. The sum keeps SQLite from looking for a role's grants by when they were given, which are many,
/// where a person's are few.
fn given(at: &str, when: &str) -> String {
    format!(
        "SELECT 'request' AS kind, 'a' || g.id AS id, {at} AS at, g.person_id, g.role_id, g.id AS grant_id, \
         q.submitted_at AS began FROM grants g JOIN requests q ON q.id = g.request_id \
         WHERE {at} >= ? AND {at} < ? AND {when} AND {at} < g.ends_at AND NOT EXISTS (\
         SELECT 1 FROM grants o WHERE o.person_id = g.person_id AND o.role_id = g.role_id AND o.id <> g.id \
         AND NOT o.emergency AND o.granted_at + 0 <= {at} AND o.starts_at < {at} AND {at} <= o.ends_at)"
    )
}

/// From the end of a certificate, where that took the ground from a grant that ran, to the end of the last token that was given
/// out before: the longest that a warehouse could go on which never asks here.
/// Its state says which index leads there.
fn lost(states: &str) -> String {
    format!(
        "SELECT 'certificate' AS kind, 'b' || k.id || g.id AS id, k.ends_at AS at, g.person_id, g.role_id, \
     g.id AS grant_id, k.ends_at AS began \
     FROM certificates k JOIN grants g ON g.person_id = k.person_id AND g.starts_at < k.ends_at AND k.ends_at <= g.ends_at \
     WHERE k.ends_at >= ? AND k.ends_at < ? AND EXISTS (SELECT 1 FROM policy_clauses a WHERE a.policy_id = g.policy_id \
     AND a.certification_id = k.certification_id AND NOT EXISTS (SELECT 1 FROM policy_clauses b JOIN certificates o \
     ON o.certification_id = b.certification_id WHERE b.policy_id = a.policy_id AND b.clause = a.clause \
     AND o.person_id = g.person_id AND o.valid_from <= k.ends_at AND k.ends_at < o.ends_at)) AND k.state {states}"
    )
}

/// The same from the end of a grant.
fn ended(states: &str) -> String {
    format!(
        "SELECT 'grant' AS kind, 'c' || g.id AS id, g.ends_at AS at, g.person_id, g.role_id, g.id AS grant_id, \
         g.ends_at AS began FROM grants g \
         WHERE g.ends_at >= ? AND g.ends_at < ? AND g.starts_at < g.ends_at AND g.state {states}"
    )
}

/// The cases that one index leads to, in the order of their instants.
struct Arm {
    /// What their ids begin with: their place among those of one instant.
    rank: char,
    text: String,
    /// The instant, and the rest of the id.
    at: &'static str,
    id: &'static str,
}

impl Arm {
    fn all() -> [Self; 6] {
        let by_request = |at, when| Self { rank: 'a', text: given(at, when), at, id: "g.id" };
        let by_certificate = |states| Self { rank: 'b', text: lost(states), at: "k.ends_at", id: "k.id || g.id" };
        let by_grant = |states| Self { rank: 'c', text: ended(states), at: "g.ends_at", id: "g.id" };
        [
            by_request("g.granted_at", "g.starts_at <= g.granted_at"),
            by_request("g.starts_at", "g.granted_at < g.starts_at"),
            by_certificate("= 'valid'"),
            by_certificate("<> 'valid'"),
            by_grant("= 'ended'"),
            by_grant("IN ('scheduled', 'active', 'suspended')"),
        ]
    }

    /// From which instant on its cases go into a page, and after which id of that instant.
    fn begins(&self, asked: &Asked, part: Part<'_>) -> (Time, String) {
        let (at, id) = part.after_at();
        let (from, after) = match id.chars().next() {
            Some(rank) if rank == self.rank => (at, id.chars().skip(1).collect()),
            Some(rank) if rank > self.rank => (at.plus_micros(1), String::new()),
            _ => (at, String::new()),
        };
        (asked.from.max(from), after)
    }
}

/// Adds every case of the period, narrowed as it was asked; of a page no more of each kind than it can hold, so that a page
/// costs what it shows and not what is behind it.
fn cases(mut found: Statement, asked: &Asked, page: Option<Part<'_>>) -> Statement {
    for (place, arm) in Arm::all().iter().enumerate() {
        let (from, after) = page.map_or_else(|| (asked.from, String::new()), |part| arm.begins(asked, part));
        found = found.push(if place == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
        found = narrowed(found.push(&arm.text).bind(&from).bind(&asked.until), asked, "g");
        if let Some(part) = page {
            let Arm { at, id, .. } = arm;
            found = found.push(&format!(" AND ({at}, {id}) > (?, ?) ORDER BY {at}, {id} LIMIT ?"));
            found = found.bind(&from).bind(&after).bind(&part.probe());
        }
        found = found.push(") one");
    }
    found
}

/// The end of the last token that matters to a case `z`.
const LAST: &str = "CASE z.kind WHEN 'request' THEN z.at WHEN 'certificate' THEN (SELECT MAX(t.expires_at) FROM tokens t \
     WHERE t.grant_id = z.grant_id AND t.issued_at <= z.began) ELSE (SELECT MAX(t.expires_at) FROM tokens t \
     WHERE t.grant_id = z.grant_id) END AS last";

/// Until when a case `y` lasted: no later than the end of the last token, and never before the lapse itself.
const DONE: &str = "CASE WHEN y.last > y.began THEN y.last ELSE y.began END";

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let found = sql(format!(
        "SELECT y.kind, y.id, y.at, y.person_id, p.name, p.email, y.role_id, y.grant_id, y.began, {DONE} AS done FROM (\
         SELECT z.*, {LAST} FROM (SELECT * FROM ("
    ));
    let found = cases(found, asked, Some(part)).push(") u ORDER BY u.at, u.id LIMIT ?) z) y ").bind(&part.probe());
    let raws: Vec<Raw> = found.push("JOIN persons p ON p.id = y.person_id ORDER BY y.at, y.id").all(r)?;
    Ok(Page::cut(raws.into_iter().map(|raw| (at_id(raw.at, &raw.id), line(raw))).collect(), part.most))
}

fn line(raw: Raw) -> Line {
    vec![
        Cell::word(raw.kind),
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::Moment(raw.began),
        Cell::Moment(raw.done),
        Cell::Span(raw.done.micros_since(raw.began)),
        Cell::Thing(raw.grant_id.to_string()),
    ]
}

/// Half of the cases, and nine in ten, took no longer than this.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let mut figures = Vec::new();
    for (lapses, names) in
        [(false, ["access_cases", "access_median", "access_p90"]), (true, ["lapse_cases", "lapse_median", "lapse_p90"])]
    {
        let kind = if lapses { "z.kind <> 'request'" } else { "z.kind = 'request'" };
        let found = sql(format!("SELECT {DONE} - y.began AS n FROM (SELECT z.*, {LAST} FROM ("));
        let took: Vec<i64> = cases(found, asked, None).push(&format!(") z WHERE {kind}) y ORDER BY 1")).all(r)?;
        let [cases, median, most] = names;
        figures.push(Figure::count(cases, i64::try_from(took.len()).unwrap_or(i64::MAX)));
        for (name, share) in [(median, 50), (most, 90)] {
            if let Some(span) = rank(&took, share) {
                figures.push(Figure { name, cell: Cell::Span(span), good: None });
            }
        }
    }
    Ok(figures)
}

/// The value that so many percent do not pass, by the nearest rank; the values are sorted.
fn rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        assert_eq!(rank(&[], 50), None);
        assert_eq!((rank(&[7], 50), rank(&[7], 90)), (Some(7), Some(7)));
        assert_eq!((rank(&[1, 2], 50), rank(&[1, 2], 90)), (Some(1), Some(2)));
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!((rank(&ten, 50), rank(&ten, 90)), (Some(5), Some(9)));
    }
}
