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

/// From a request to the access that came of it.
const GIVEN: &str = "SELECT 'request' AS kind, 'a' || g.id AS id, g.granted_at AS at, g.person_id, g.role_id, g.id AS grant_id, \
     q.submitted_at AS began, g.granted_at AS done FROM grants g JOIN requests q ON q.id = g.request_id \
     WHERE g.granted_at >= ? AND g.granted_at < ?";

/// From the end of a certificate, where that took the ground from a grant that ran, to the end of the last token that was given
/// out before: the longest that a warehouse could go on which never asks here.
/// Its state says which index leads there.
fn lost(states: &str) -> String {
    format!(
        "SELECT 'certificate' AS kind, 'b' || k.id || g.id AS id, k.ends_at AS at, g.person_id, g.role_id, \
     g.id AS grant_id, k.ends_at AS began, \
     (SELECT MAX(t.expires_at) FROM tokens t WHERE t.grant_id = g.id AND t.issued_at <= k.ends_at) AS done \
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
         g.ends_at AS began, (SELECT MAX(t.expires_at) FROM tokens t WHERE t.grant_id = g.id) AS done FROM grants g \
         WHERE g.ends_at >= ? AND g.ends_at < ? AND g.starts_at < g.ends_at AND g.state {states}"
    )
}

/// Every case of the period.
fn cases(asked: &Asked, from: Time, columns: &str) -> Statement {
    let arms = [
        GIVEN.to_owned(),
        lost("= 'valid'"),
        lost("<> 'valid'"),
        ended("= 'ended'"),
        ended("IN ('scheduled', 'active', 'suspended')"),
    ];
    let text = format!("SELECT {columns} FROM ({}) z", arms.join(" UNION ALL "));
    arms.iter().fold(sql(text), |statement, _| statement.bind(&from).bind(&asked.until))
}

/// Until when: no later than the end of the last token, and never before the lapse itself.
const DONE: &str = "CASE WHEN z.done > z.began THEN z.done ELSE z.began END";

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let (after, id) = part.after_at();
    let columns =
        format!("z.kind, z.id, z.at, z.person_id, p.name, p.email, z.role_id, z.grant_id, z.began, {DONE} AS done");
    let found = cases(asked, asked.from.max(after), &columns);
    let found = found.push(" JOIN persons p ON p.id = z.person_id WHERE (z.at, z.id) > (?, ?)").bind(&after).bind(&id);
    let raws: Vec<Raw> = narrowed(found, asked, "z").push(" ORDER BY z.at, z.id LIMIT ?").bind(&part.probe()).all(r)?;
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
        let found = cases(asked, asked.from, &format!("{DONE} - z.began AS n")).push(&format!(" WHERE {kind}"));
        let took: Vec<i64> = narrowed(found, asked, "z").push(" ORDER BY 1").all(r)?;
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
