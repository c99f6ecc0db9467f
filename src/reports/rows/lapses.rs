//! What is to end: certificates and grants, with whether something carries on from there.

use super::{Page, Part, at_id, someone};
use crate::{
    access::rows::as_of::sum,
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
        what: String,
        carried: bool,
    }
}

row! {
    /// What ends within a quarter of an hour, for a calendar.
    #[derive(Clone, Debug)]
    pub struct End {
        /// The first instant at which anything does.
        pub at: Time,
        /// `certificate` or `grant`.
        pub kind: String,
        /// How many.
        pub count: i64,
    }
}

/// Certificates that end, as they were known at the moment asked about. Their state says which index leads there.
fn certificates(columns: &str, states: &str) -> String {
    format!(
        "SELECT 'certificate' AS kind, k.id, k.ends_at AS at, k.person_id, k.certification_id AS what, {columns} \
         FROM certificates k WHERE k.ends_at >= ? AND k.ends_at < ? AND k.issued_at <= ? AND k.state {states}"
    )
}

/// Grants that end, likewise.
fn grants(columns: &str, states: &str) -> String {
    format!(
        "SELECT 'grant' AS kind, g.id, g.ends_at AS at, g.person_id, g.role_id AS what, {columns} FROM grants g \
         WHERE g.ends_at >= ? AND g.ends_at < ? AND g.granted_at <= ? AND g.starts_at < g.ends_at AND g.state {states}"
    )
}

/// Whether another one counts at that very instant, as it was known at the moment. The sum keeps SQLite from looking for a role's
/// grants by when they were given, which are many, where a person's are few.
const CARRIED: [&str; 2] = [
    "EXISTS (SELECT 1 FROM certificates o WHERE o.person_id = k.person_id AND o.certification_id = k.certification_id \
     AND o.issued_at <= habilis_at() AND o.valid_from <= k.ends_at AND k.ends_at < o.ends_at) AS carried",
    "EXISTS (SELECT 1 FROM grants o WHERE o.person_id = g.person_id AND o.role_id = g.role_id \
     AND o.granted_at + 0 <= habilis_at() AND o.starts_at <= g.ends_at AND g.ends_at < o.ends_at) AS carried",
];

/// Everything that ends in the period, narrowed as it was asked.
fn ends(asked: &Asked, from: Time, head: &str, carried: [&str; 2]) -> Statement {
    let [of_certificates, of_grants] = carried;
    let arms = [
        certificates(of_certificates, "= 'valid'"),
        certificates(of_certificates, "<> 'valid'"),
        grants(of_grants, "IN ('scheduled', 'active', 'suspended')"),
        grants(of_grants, "= 'ended'"),
    ];
    let wanted = match asked.kind.as_deref() {
        Some("certificate") => &arms[..2],
        Some("grant") => &arms[2..],
        _ => &arms[..],
    };
    let text = format!(
        "SELECT {head} FROM ({}) z JOIN persons p ON p.id = z.person_id WHERE TRUE",
        wanted.join(" UNION ALL ")
    );
    let mut statement =
        wanted.iter().fold(sql(text), |statement, _| statement.bind(&from).bind(&asked.until).bind(&asked.at));
    if let Some(person) = &asked.person {
        statement = statement.push(" AND z.person_id = ?").bind(person);
    }
    if let Some(team) = &asked.team {
        statement = statement
            .push(" AND EXISTS (SELECT 1 FROM team_members m WHERE m.person_id = z.person_id AND m.team_id = ?)")
            .bind(team);
    }
    if let Some(role) = &asked.role {
        // A certificate belongs to a role that the person holds and that asks for it.
        statement = statement
            .push(
                " AND ((z.kind = 'grant' AND z.what = ?) OR (z.kind = 'certificate' AND EXISTS (SELECT 1 FROM grants h \
                 JOIN policy_clauses c ON c.policy_id = h.policy_id WHERE h.person_id = z.person_id AND h.role_id = ? \
                 AND h.granted_at + 0 <= habilis_at() AND habilis_at() < h.ends_at AND c.certification_id = z.what)))",
            )
            .bind(role)
            .bind(role);
    }
    statement
}

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let (after, id) = part.after_at();
    let head = "z.kind, z.id, z.at, z.person_id, p.name, p.email, z.what, z.carried";
    let raws: Vec<Raw> = ends(asked, asked.from.max(after), head, CARRIED)
        .push(" AND (z.at, z.id) > (?, ?) ORDER BY z.at, z.id LIMIT ?")
        .bind(&after)
        .bind(&id)
        .bind(&part.probe())
        .all(r)?;
    Ok(Page::cut(raws.into_iter().map(|raw| (at_id(raw.at, &raw.id), line(raw))).collect(), part.most))
}

fn line(raw: Raw) -> Line {
    let role = (raw.kind == "grant").then(|| raw.what.parse::<Slug>().ok()).flatten();
    vec![
        Cell::Moment(raw.at),
        Cell::word(raw.kind),
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        if role.is_some() { Cell::None } else { Cell::text(raw.what) },
        role.map_or(Cell::None, Cell::Role),
        Cell::Flag(raw.carried),
        Cell::Thing(raw.id),
    ]
}

/// A quarter of an hour: in whatever zone somebody reads, a day begins with one.
const QUARTER: i64 = 900_000_000;

/// Every end of a period, for a calendar, counted by the quarter of an hour.
///
/// # Errors
/// The database is away.
pub fn calendar(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<End>, Broken> {
    ends(asked, asked.from, "MIN(z.at) AS at, z.kind, COUNT(*) AS count", ["TRUE AS carried"; 2])
        .push(&format!(" GROUP BY z.at / {QUARTER}, z.kind ORDER BY 1, 2"))
        .all(r)
}

pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    row! { struct Counts { certificates: Option<i64>, grants: Option<i64>, open: Option<i64> } }
    let head = format!(
        "{} AS certificates, {} AS grants, {} AS open",
        sum("z.kind = 'certificate'"),
        sum("z.kind = 'grant'"),
        sum("NOT z.carried")
    );
    let counts: Counts = ends(asked, asked.from, &head, CARRIED).one(r)?;
    Ok(vec![
        Figure::count("certificates", counts.certificates.unwrap_or_default()),
        Figure::count("grants_ending", counts.grants.unwrap_or_default()),
        Figure::count("not_carried", counts.open.unwrap_or_default()),
    ])
}
