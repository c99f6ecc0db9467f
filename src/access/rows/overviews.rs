//! Access in figures and names: who approved what, what a lock stops, how many hold something.

use super::{Lock, LockKind, review_places::answerable};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{Reading, sql, sql::row},
};
use std::collections::BTreeMap;

/// What waits for a person: of every kind that a page's frame shows, in one statement.
#[derive(Debug, Default)]
pub struct Desk {
    /// The teams that the person is in.
    pub teams: Vec<String>,
    /// Lines of reviews that wait for the person, or for somebody in whose place they decide.
    pub to_review: i64,
    /// Notices that were not put aside.
    pub notices: i64,
    /// Attempts of others whose prose waits to be marked; counted only where that is asked.
    pub to_mark: i64,
    /// Roles taken without approval that nobody has judged; counted only for those who oversee.
    pub emergencies: i64,
}

/// What waits for a person; `marks` tells whether they mark what others wrote, `admin` whether they answer for what has nobody
/// else, `oversees` whether they see what others took without approval.
///
/// # Errors
/// The database is away.
pub fn desk(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    marks: bool,
    admin: bool,
    oversees: bool,
) -> Result<Desk, Broken> {
    row! { struct Line { kind: String, word: String, n: i64 } }
    let mut statement = sql("SELECT 'team' AS kind, team_id AS word, 0 AS n FROM team_members WHERE person_id = ? \
                             UNION ALL SELECT 'notices', '', COUNT(*) FROM notices WHERE person_id = ? AND seen_at IS NULL")
    .bind(&person)
    .bind(&person);
    let at = r.at();
    let asked: &[bool] = if admin { &[false, true] } else { &[false] };
    for admins in asked {
        let lines = statement.push(" UNION ALL SELECT 'to_review', '', COUNT(*) FROM review_lines l WHERE ");
        statement = answerable(lines, person, at, *admins);
    }
    if marks {
        statement = statement
            .push(
                " UNION ALL SELECT 'to_mark', '', COUNT(*) FROM attempts WHERE state IN ('submitted', 'expired', 'pending_review') \
                 AND state = 'pending_review' AND person_id <> ?",
            )
            .bind(&person);
    }
    if oversees {
        statement = statement
            .push(" UNION ALL SELECT 'emergencies', '', COUNT(*) FROM emergencies WHERE state = 'taken' AND person_id <> ?")
            .bind(&person);
    }
    let mut desk = Desk::default();
    for line in statement.push(" ORDER BY 1, 2").all::<Line>(r)? {
        match line.kind.as_str() {
            "team" => desk.teams.push(line.word),
            "notices" => desk.notices = line.n,
            "to_review" => desk.to_review += line.n,
            "emergencies" => desk.emergencies = line.n,
            _ => desk.to_mark = line.n,
        }
    }
    Ok(desk)
}

/// The names of those who approved each of these requests, in the order in which they did.
///
/// # Errors
/// The database is away.
pub fn approvals(
    r: &mut Reading<'_>,
    requests: &[Id<ids::Request>],
) -> Result<BTreeMap<Id<ids::Request>, Vec<String>>, Broken> {
    row! { struct Approval { request_id: Id<ids::Request>, name: String } }
    if requests.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = vec!["?"; requests.len()].join(", ");
    let mut statement = sql(format!(
        "SELECT d.request_id, p.name FROM decisions d JOIN persons p ON p.id = d.person_id \
         WHERE d.decision = 'approve' AND d.request_id IN ({places}) ORDER BY d.at, d.id"
    ));
    for request in requests {
        statement = statement.bind(request);
    }
    let mut approvals: BTreeMap<Id<ids::Request>, Vec<String>> = BTreeMap::new();
    for approval in statement.all::<Approval>(r)? {
        let names = approvals.entry(approval.request_id).or_default();
        if !names.contains(&approval.name) {
            names.push(approval.name);
        }
    }
    Ok(approvals)
}

/// How many certificates that count and how many effective grants each of these people has.
///
/// # Errors
/// The database is away.
pub fn holdings(
    r: &mut Reading<'_>,
    people: &[Id<ids::Person>],
) -> Result<BTreeMap<Id<ids::Person>, (i64, i64)>, Broken> {
    row! { struct Counted { person_id: Id<ids::Person>, n: i64 } }
    let mut found: BTreeMap<Id<ids::Person>, (i64, i64)> = BTreeMap::new();
    if people.is_empty() {
        return Ok(found);
    }
    let at = r.at();
    let places = vec!["?"; people.len()].join(", ");
    let mut certificates =
        sql(format!("SELECT person_id, COUNT(*) AS n FROM certificates WHERE person_id IN ({places})"));
    let mut grants = sql(format!(
        "SELECT person_id, COUNT(*) AS n FROM effective_access WHERE person_id IN ({places}) GROUP BY person_id"
    ));
    for person in people {
        certificates = certificates.bind(person);
        grants = grants.bind(person);
    }
    certificates = certificates.push(" AND valid_from <= ? AND ? < ends_at GROUP BY person_id").bind(&at).bind(&at);
    for row in certificates.all::<Counted>(r)? {
        found.entry(row.person_id).or_default().0 = row.n;
    }
    for row in grants.all::<Counted>(r)? {
        found.entry(row.person_id).or_default().1 = row.n;
    }
    Ok(found)
}

/// How many grants were running under a lock at an instant: what it stops, or stopped when it was placed.
///
/// # Errors
/// The database is away.
pub fn stopped_by(r: &mut Reading<'_>, lock: &Lock, at: Time) -> Result<i64, Broken> {
    let column = match lock.kind {
        LockKind::Person => "person_id",
        LockKind::Role => "role_id",
        LockKind::Warehouse => "warehouse_id",
    };
    sql(format!("SELECT COUNT(*) AS n FROM grants WHERE {column} = ? AND starts_at <= ? AND ? < ends_at"))
        .bind(&lock.subject_id)
        .bind(&at)
        .bind(&at)
        .one(r)
}

/// The locks that stood on a person, a role or a warehouse at any moment from `from` to the transaction's instant.
///
/// # Errors
/// The database is away.
pub fn locks_since(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
    warehouse: &Slug,
    from: Time,
) -> Result<Vec<Lock>, Broken> {
    let at = r.at();
    sql("SELECT id, kind, subject_id, reason, placed_at, placed_by, lifted_at, lifted_by FROM locks \
         WHERE ((kind = 'person' AND subject_id = ?) OR (kind = 'role' AND subject_id = ?) \
         OR (kind = 'warehouse' AND subject_id = ?)) AND placed_at <= ? AND (lifted_at IS NULL OR ? < lifted_at) \
         ORDER BY placed_at LIMIT 100")
    .bind(&person)
    .bind(role)
    .bind(warehouse)
    .bind(&at)
    .bind(&from)
    .all(r)
}

/// Locks that were lifted, the latest first; `skip` of them left out.
///
/// # Errors
/// The database is away.
pub fn lifted_locks(r: &mut Reading<'_>, skip: i64, most: i64) -> Result<Vec<Lock>, Broken> {
    sql("SELECT id, kind, subject_id, reason, placed_at, placed_by, lifted_at, lifted_by FROM locks \
         WHERE lifted_at IS NOT NULL ORDER BY lifted_at DESC, id DESC LIMIT ? OFFSET ?")
    .bind(&most)
    .bind(&skip)
    .all(r)
}

/// How many locks were lifted in all.
///
/// # Errors
/// The database is away.
pub fn lifted_count(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM locks WHERE lifted_at IS NOT NULL").one(r)
}

/// Effective grants by warehouse.
///
/// # Errors
/// The database is away.
pub fn effective_by_warehouse(r: &mut Reading<'_>) -> Result<BTreeMap<Slug, i64>, Broken> {
    row! { struct Counted { warehouse_id: Slug, n: i64 } }
    let rows: Vec<Counted> =
        sql("SELECT warehouse_id, COUNT(*) AS n FROM effective_access GROUP BY warehouse_id").all(r)?;
    Ok(rows.into_iter().map(|row| (row.warehouse_id, row.n)).collect())
}

/// Tokens by warehouse that were minted since an instant. Ids of tokens begin with their time, so this is a range of the key.
///
/// # Errors
/// The database is away.
pub fn minted_by_warehouse(r: &mut Reading<'_>, since: Time) -> Result<BTreeMap<Slug, i64>, Broken> {
    row! { struct Counted { warehouse_id: Slug, n: i64 } }
    let from = format!("tok_{:012x}", since.micros() / 1_000);
    let rows: Vec<Counted> =
        sql("SELECT g.warehouse_id, COUNT(*) AS n FROM tokens t JOIN grants g ON g.id = t.grant_id \
                                  WHERE t.id >= ? GROUP BY g.warehouse_id")
        .bind(&from)
        .all(r)?;
    Ok(rows.into_iter().map(|row| (row.warehouse_id, row.n)).collect())
}
