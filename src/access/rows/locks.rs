//! Emergency locks and shut-out people in the database.

use crate::{
    audit::event::What,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    db::{
        Reading, Writing, sql,
        sql::{row, word_column},
    },
};

/// What a lock stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockKind {
    Person,
    Role,
    Warehouse,
}
word_column!(LockKind { Person => "person", Role => "role", Warehouse => "warehouse" });

row! {
    /// An emergency stop.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct Lock {
        pub id: Id<ids::Lock>,
        pub kind: LockKind,
        pub subject_id: String,
        pub reason: String,
        pub placed_at: Time,
        pub placed_by: String,
        pub lifted_at: Option<Time>,
        pub lifted_by: Option<String>,
    }
}

const LOCK: &str = "SELECT id, kind, subject_id, reason, placed_at, placed_by, lifted_at, lifted_by FROM locks";

/// Locks, open ones first, then the latest.
///
/// # Errors
/// The database is away.
pub fn locks(r: &mut Reading<'_>) -> Result<Vec<Lock>, Broken> {
    sql(format!("{LOCK} ORDER BY CASE WHEN lifted_at IS NULL THEN 0 ELSE 1 END, placed_at DESC LIMIT 500")).all(r)
}

/// The locks that were in force at the instant of the transaction on a person, a role or a warehouse.
///
/// # Errors
/// The database is away.
pub fn locks_on(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
    warehouse: &Slug,
) -> Result<Vec<Lock>, Broken> {
    let at = r.at();
    sql(format!(
        "{LOCK} WHERE ((kind = 'person' AND subject_id = ?) OR (kind = 'role' AND subject_id = ?) \
         OR (kind = 'warehouse' AND subject_id = ?)) AND placed_at <= ? AND (lifted_at IS NULL OR ? < lifted_at)"
    ))
    .bind(&person)
    .bind(role)
    .bind(warehouse)
    .bind(&at)
    .bind(&at)
    .all(r)
}

/// Whether somebody has locked the person of an SQL expression, as a condition on the instant of the transaction.
#[must_use]
pub fn locks_person(person: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM locks l WHERE l.kind = 'person' AND l.subject_id = {person} \
         AND (l.lifted_at IS NULL OR habilis_at() < l.lifted_at))"
    )
}

/// Whether somebody has locked a person at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn person_locked(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<bool, Broken> {
    let locked = locks_person("p.id");
    let found = sql(format!("SELECT COUNT(*) AS n FROM persons p WHERE p.id = ? AND {locked}")).bind(&person);
    Ok(found.one::<i64>(r)? > 0)
}

row! {
    /// What a lock in force stops.
    pub struct LockedThing {
        pub kind: LockKind,
        pub subject_id: String,
    }
}

/// What the locks stop that are in force at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn locks_in_force(r: &mut Reading<'_>) -> Result<Vec<LockedThing>, Broken> {
    let at = r.at();
    sql("SELECT DISTINCT kind, subject_id FROM locks WHERE placed_at <= ? AND (lifted_at IS NULL OR ? < lifted_at) LIMIT 500")
        .bind(&at)
        .bind(&at)
        .all(r)
}

/// Places a lock unless one is in force on the same thing; tells whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_lock(w: &mut Writing<'_>, lock: &Lock) -> Result<bool, Broken> {
    Ok(sql("INSERT INTO locks (id, kind, subject_id, reason, placed_at, placed_by) VALUES (?, ?, ?, ?, ?, ?) \
            ON CONFLICT DO NOTHING")
    .bind(&lock.id)
    .bind(&lock.kind)
    .bind(&lock.subject_id)
    .bind(&lock.reason)
    .bind(&lock.placed_at)
    .bind(&lock.placed_by)
    .run(w)?
        == 1)
}

/// Lifts a lock; returns it if it was in force.
///
/// # Errors
/// The database is away.
pub fn lift_lock(w: &mut Writing<'_>, id: Id<ids::Lock>, by: &str) -> Result<Option<Lock>, Broken> {
    let now = w.now();
    let lifted = sql("UPDATE locks SET lifted_at = ?, lifted_by = ? WHERE id = ? AND lifted_at IS NULL")
        .bind(&now)
        .bind(&by)
        .bind(&id)
        .run(w)?;
    if lifted == 0 {
        return Ok(None);
    }
    sql(format!("{LOCK} WHERE id = ?")).bind(&id).maybe(w)
}

/// Whether the person was shut out at the instant of the transaction.
///
/// # Errors
/// The database is away.
pub fn is_disabled(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<bool, Broken> {
    let at = r.at();
    Ok(sql("SELECT COUNT(*) AS n FROM disabled_periods WHERE person_id = ? AND from_at <= ? AND (until_at IS NULL OR ? < until_at)")
        .bind(&person)
        .bind(&at)
        .bind(&at)
        .one::<i64>(r)?
        > 0)
}

/// Takes the role's row alone where it is being locked, or shares it and the warehouse's where a token is minted, so that
/// one waits for the other (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn hold_role(w: &mut Writing<'_>, role: &Slug, warehouse: &Slug, alone: bool) -> Result<(), Broken> {
    row! { struct Last { latest: Option<Time> } }
    let postgres = !w.engine_sql("", "FOR SHARE").is_empty();
    if postgres && alone {
        sql("SELECT 1::BIGINT AS n FROM roles WHERE id = ? FOR NO KEY UPDATE").bind(role).maybe::<i64>(w)?;
    } else if postgres {
        sql("SELECT 1::BIGINT AS n FROM roles r JOIN warehouses w ON w.id = ? WHERE r.id = ? FOR SHARE")
            .bind(warehouse)
            .bind(role)
            .maybe::<i64>(w)?;
    }
    // After the hold: it may have waited for a lock to be placed.
    let last: Last = sql("SELECT MAX(placed_at) AS latest FROM locks WHERE lifted_at IS NULL").one(w)?;
    last.latest.map_or(Ok(()), |latest| w.not_before(latest))
}

/// As `identity::rows::hold` and [`hold_role`] together, both shared, for minting.
///
/// # Errors
/// The database is away.
pub fn hold_to_mint(w: &mut Writing<'_>, person: Id<ids::Person>, role: &Slug, warehouse: &Slug) -> Result<(), Broken> {
    row! { struct Last { event: Option<Time>, lock: Option<Time> } }
    if !w.engine_sql("", "FOR SHARE").is_empty() {
        // The rows are held in the order in which they are named: always the person first.
        sql("SELECT 1::BIGINT AS n FROM persons p JOIN roles r ON r.id = ? JOIN warehouses w ON w.id = ? WHERE p.id = ? \
             FOR SHARE")
        .bind(role)
        .bind(warehouse)
        .bind(&person)
        .maybe::<i64>(w)?;
    }
    // After the hold: it may have waited for an end or a lock.
    let last: Last = sql("SELECT (SELECT MAX(at) FROM events WHERE person_id = ? AND kind <> ?) AS event, \
                          (SELECT MAX(placed_at) FROM locks WHERE lifted_at IS NULL) AS lock")
    .bind(&person)
    .bind(&What::NoticeTold)
    .one(w)?;
    last.event.max(last.lock).map_or(Ok(()), |latest| w.not_before(latest))
}

/// Takes a warehouse's row alone, so that minting for it waits for the lock that is being placed (PostgreSQL).
///
/// # Errors
/// The database is away.
pub fn hold_warehouse(w: &mut Writing<'_>, warehouse: &Slug) -> Result<(), Broken> {
    if !w.engine_sql("", "FOR NO KEY UPDATE").is_empty() {
        sql("SELECT 1::BIGINT AS n FROM warehouses WHERE id = ? FOR NO KEY UPDATE").bind(warehouse).maybe::<i64>(w)?;
    }
    Ok(())
}
