//! What holds grants back besides a missing certification, in the database.

use crate::{
    access::grant::Cause,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, Writing, sql, sql::row},
};

row! {
    /// A time in which a grant was held back; open while `until_at` is none.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct Suspension {
        pub id: Id<ids::Suspension>,
        pub grant_id: Id<ids::Grant>,
        pub cause: Cause,
        pub from_at: Time,
        pub until_at: Option<Time>,
        /// An admin's words; empty where a review says why.
        pub reason: String,
        /// The actor, in the log's words.
        pub placed_by: String,
        pub lifted_by: Option<String>,
    }
}

const SUSPENSION: &str =
    "SELECT id, grant_id, cause, from_at, until_at, reason, placed_by, lifted_by FROM grant_suspensions";

/// The grants that are held back at the instant of the transaction, as a condition on the grant `g`.
pub(super) const HELD_BACK: &str = "EXISTS (SELECT 1 FROM grant_suspensions s WHERE s.grant_id = g.id \
     AND s.from_at <= habilis_at() AND (s.until_at IS NULL OR habilis_at() < s.until_at))";

/// The grants that an admin holds back at the instant of the transaction, as a condition on the grant `g`.
pub(super) const HELD_BY_ADMIN: &str = "EXISTS (SELECT 1 FROM grant_suspensions s WHERE s.grant_id = g.id \
     AND s.cause = 'admin' AND s.from_at <= habilis_at() AND (s.until_at IS NULL OR habilis_at() < s.until_at))";

/// What holds a grant back at the instant of the transaction, the oldest first.
///
/// # Errors
/// The database is away.
pub fn suspensions_of(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Vec<Suspension>, Broken> {
    let at = r.at();
    sql(format!(
        "{SUSPENSION} WHERE grant_id = ? AND from_at <= ? AND (until_at IS NULL OR ? < until_at) ORDER BY from_at, id"
    ))
    .bind(&grant)
    .bind(&at)
    .bind(&at)
    .all(r)
}

/// What holds any grant of a person back at the instant of the transaction, the oldest first.
///
/// # Errors
/// The database is away.
pub fn suspensions_of_person(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Suspension>, Broken> {
    let at = r.at();
    sql("SELECT s.id, s.grant_id, s.cause, s.from_at, s.until_at, s.reason, s.placed_by, s.lifted_by FROM grants g \
         JOIN grant_suspensions s ON s.grant_id = g.id WHERE g.person_id = ? AND s.from_at <= ? \
         AND (s.until_at IS NULL OR ? < s.until_at) ORDER BY s.from_at, s.id")
    .bind(&person)
    .bind(&at)
    .bind(&at)
    .all(r)
}

/// Every time in which a grant was held back up to the instant of the transaction, the oldest first.
///
/// # Errors
/// The database is away.
pub fn suspension_history(r: &mut Reading<'_>, grant: Id<ids::Grant>) -> Result<Vec<Suspension>, Broken> {
    let at = r.at();
    sql(format!("{SUSPENSION} WHERE grant_id = ? AND from_at <= ? ORDER BY from_at, id LIMIT 500"))
        .bind(&grant)
        .bind(&at)
        .all(r)
}

/// Holds a grant back from an instant on (now, or one to come) unless it is, or is to be, held back by this cause already; tells
/// whether it did.
///
/// # Errors
/// The database is away.
pub fn insert_suspension(
    w: &mut Writing<'_>,
    grant: Id<ids::Grant>,
    cause: Cause,
    from: Time,
    by: &str,
    reason: &str,
) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql(
        "INSERT INTO grant_suspensions (id, grant_id, cause, from_at, reason, placed_by) VALUES (?, ?, ?, ?, ?, ?) \
            ON CONFLICT DO NOTHING",
    )
    .bind(&Id::<ids::Suspension>::new(now))
    .bind(&grant)
    .bind(&cause)
    .bind(&from)
    .bind(&reason)
    .bind(&by)
    .run(w)?
        == 1)
}

/// Lifts what holds a grant back by this cause, or would have; tells whether there was anything.
///
/// # Errors
/// The database is away.
pub fn end_suspension(w: &mut Writing<'_>, grant: Id<ids::Grant>, cause: Cause, by: &str) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE grant_suspensions SET until_at = CASE WHEN from_at > ? THEN from_at ELSE ? END, lifted_by = ? \
            WHERE grant_id = ? AND cause = ? AND until_at IS NULL")
    .bind(&now)
    .bind(&now)
    .bind(&by)
    .bind(&grant)
    .bind(&cause)
    .run(w)?
        == 1)
}
