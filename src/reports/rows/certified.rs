//! Report 5: whether somebody was certified, on which version, when access was granted and each time it was used.

use super::{Page, Part, unmet};
use crate::{
    access,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::{
        certificate::Certificate,
        requirement::{ClauseStanding, judge},
        rows::certificates_then,
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
    /// One moment at which the requirement had to be met.
    struct Use {
        at: Time,
        id: String,
        role_id: Slug,
        policy_id: String,
        /// With what, where it was a token; else empty.
        client_id: String,
        client_name: String,
    }
}

/// What a moment was, in the order in which those of one instant are told.
const USES: [&str; 3] = ["given", "began", "token"];

/// Every moment of the period, and for each the clauses of the policy that was frozen then, each with the certificate that
/// met it.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let Some(person) = asked.person else { return Ok(Page::default()) };
    let held = certificates_then(r, person)?;
    let mut lines: Vec<(String, Line)> = Vec::new();
    for (rank, word) in USES.into_iter().enumerate() {
        for used in uses(r, asked, person, word, part)? {
            let policy = access::rows::policy(r, &used.policy_id)?;
            // What was earned later is no proof of what stood then.
            let then: Vec<Certificate> =
                held.iter().filter(|certificate| certificate.issued_at <= used.at).cloned().collect();
            for (clause, standing) in judge(&policy.requires, &then, used.at).into_iter().enumerate() {
                let key = format!("{:020}|{rank}|{}|{clause:03}", used.at.micros(), used.id);
                lines.push((key, line(&used, word, standing)));
            }
        }
    }
    lines.retain(|(key, _)| part.after.is_none_or(|after| key.as_str() > after));
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Page::cut(lines, part.most))
}

/// The moments of one kind from that of the last line on: its further clauses are still to come.
fn uses(
    r: &mut Reading<'_>,
    asked: &Asked,
    person: Id<ids::Person>,
    word: &str,
    part: Part<'_>,
) -> Result<Vec<Use>, Broken> {
    let after = part.after.and_then(|key| key.split('|').next()?.parse().ok()).map_or(asked.from, Time::from_micros);
    let (columns, at, id) = match word {
        "given" => (
            "g.granted_at AS at, g.id, g.role_id, g.policy_id, '' AS client_id, '' AS client_name FROM grants g WHERE TRUE",
            "g.granted_at",
            "g.id",
        ),
        "began" => (
            "g.starts_at AS at, g.id, g.role_id, g.policy_id, '' AS client_id, '' AS client_name FROM grants g \
             WHERE g.starts_at > g.granted_at \
             AND g.starts_at < g.ends_at",
            "g.starts_at",
            "g.id",
        ),
        _ => (
            "t.issued_at AS at, t.id, t.role_id, g.policy_id, t.client_id, COALESCE(c.name, '') AS client_name FROM tokens t \
             JOIN grants g ON g.id = t.grant_id LEFT JOIN clients c ON c.id = t.client_id WHERE TRUE",
            "t.issued_at",
            "t.id",
        ),
    };
    let row = id.split('.').next().unwrap_or("g");
    let found = sql(format!("SELECT {columns} AND {row}.person_id = ? AND {at} >= ? AND {at} < ?"))
        .bind(&person)
        .bind(&asked.from.max(after))
        .bind(&asked.until);
    // Those of the instant of the last line come again, and are passed over by their keys.
    let most = part.probe() + again(r, asked, person, word, after, part)?;
    of_role(found, asked, row).push(&format!(" ORDER BY {at}, {id} LIMIT ?")).bind(&most).all(r)
}

/// How many moments of one kind share the instant of the last line.
fn again(
    r: &mut Reading<'_>,
    asked: &Asked,
    person: Id<ids::Person>,
    word: &str,
    at: Time,
    part: Part<'_>,
) -> Result<i64, Broken> {
    if part.after.is_none() {
        return Ok(0);
    }
    let (table, column) = match word {
        "given" => ("grants", "granted_at"),
        "began" => ("grants", "starts_at"),
        _ => ("tokens", "issued_at"),
    };
    let found = sql(format!("SELECT COUNT(*) AS n FROM {table} x WHERE x.person_id = ? AND x.{column} = ?"));
    of_role(found.bind(&person).bind(&at), asked, "x").one(r)
}

fn of_role(statement: Statement, asked: &Asked, row: &str) -> Statement {
    match &asked.role {
        Some(role) => statement.push(&format!(" AND {row}.role_id = ?")).bind(role),
        None => statement,
    }
}

fn line(used: &Use, word: &str, standing: ClauseStanding) -> Line {
    let any_of: Vec<&str> = standing.any_of.iter().map(Slug::as_str).collect();
    let met = standing.met_by;
    vec![
        Cell::Moment(used.at),
        Cell::word(word),
        Cell::Role(used.role_id.clone()),
        Cell::text(any_of.join(" | ")),
        Cell::Flag(met.is_some()),
        met.as_ref().map_or(Cell::None, |held| Cell::text(held.course_id.as_str())),
        met.as_ref().map_or(Cell::None, |held| Cell::Number(held.course_version)),
        Cell::moment(met.as_ref().map(|held| held.valid_from)),
        Cell::moment(met.as_ref().map(|held| held.ends_at)),
        Cell::thing(met.map(|held| held.id)),
        Cell::Thing(used.id.clone()),
        Cell::text(used.client_name.as_str()),
        Cell::thing(Some(&used.client_id).filter(|id| !id.is_empty())),
    ]
}

/// How often access was given and used in the period, and how often without a certificate.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let Some(person) = asked.person else { return Ok(Vec::new()) };
    let mut count = |from: &str, at: &str, row: &str, without: bool| -> Result<i64, Broken> {
        let without = if without { format!(" AND {}", unmet(at)) } else { String::new() };
        let found = sql(format!(
            "SELECT COUNT(*) AS n FROM {from} WHERE {row}.person_id = ? AND {at} >= ? AND {at} < ?{without}"
        ));
        of_role(found.bind(&person).bind(&asked.from).bind(&asked.until), asked, row).one(r)
    };
    let tokens = "tokens t JOIN grants g ON g.id = t.grant_id";
    let uncertified = count("grants g", "g.granted_at", "g", true)? + count(tokens, "t.issued_at", "t", true)?;
    Ok(vec![
        Figure::count("grants", count("grants g", "g.granted_at", "g", false)?),
        Figure::count("tokens", count(tokens, "t.issued_at", "t", false)?),
        Figure::never("uncertified", uncertified),
    ])
}
